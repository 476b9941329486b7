using System.Buffers;
using System.Diagnostics;

namespace WorkerPool.Processes.Programs;

/// <summary>
/// A program that runs for one item: a child in this process's group, which is killed as a whole when the pool buries its
/// worker. When it is cancelled or writes too much it is killed with all it has started; so is what it leaves behind if that
/// still holds its output.
/// </summary>
public sealed class ProgramProcess : IDisposable
{
    private const string MarkName = "WORKERPOOL_PROGRAM";
    private const int ReadBytes = 64 << 10;
    private static readonly TimeSpan OutputGrace = TimeSpan.FromSeconds(1);

    private readonly ProgramStart _start;
    private readonly Process _process;
    private readonly string _mark;
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly ErrorTail _errors = new(OwnErrors.Write);
    private bool _isOverLimit;

    private ProgramProcess(ProgramStart start, Process process, string mark)
    {
        _start = start;
        _process = process;
        _mark = mark;
    }

    /// <summary>
    /// Runs a program to its end. What it writes to stderr goes to this process's, but for the last lines of one that fails: these
    /// are in its end.
    /// </summary>
    /// <param name="start">What to run.</param>
    /// <param name="time">Measures how long its output may outlive it.</param>
    /// <param name="cancellation">Kills it.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started; the message says why.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled. It is dead.</exception>
    public static async Task<ProgramEnd> RunAsync(ProgramStart start, TimeProvider time, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var mark = Guid.NewGuid().ToString("N");
        using var program = new ProgramProcess(start, Spawn(start, mark), $"{MarkName}={mark}");
        return await program.RunAsync(time, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    private static Process Spawn(ProgramStart start, string mark)
    {
        var info = new ProcessStartInfo(start.Path, start.Arguments)
        {
            WorkingDirectory = start.Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in start.Environment)
        {
            info.Environment[name] = value;
        }

        info.Environment[MarkName] = mark;
        return Process.Start(info) ?? throw new InvalidOperationException("the system started no process");
    }

    private async Task<ProgramEnd> RunAsync(TimeProvider time, CancellationToken cancellation)
    {
        // All three at once: whatever is not read or written fills its pipe, and then the program waits for ever.
        using var output = _process.StandardOutput.BaseStream;
        using var errorOutput = _process.StandardError.BaseStream;
        var ends = Task.WhenAll(ReadOutputAsync(output), ReadErrorsAsync(errorOutput));
        var writing = WriteInputAsync();
        await using (cancellation.UnsafeRegister(static program => ((ProgramProcess)program!).Kill(), this))
        {
            await _process.WaitForExitAsync(CancellationToken.None);
            if (await Task.WhenAny(ends, Task.Delay(OutputGrace, time, CancellationToken.None)) != ends)
            {
                Kill();
                await Task.WhenAny(ends, Task.Delay(OutputGrace, time, CancellationToken.None));
            }
        }

        if (cancellation.IsCancellationRequested || _process.ExitCode == 0 || _isOverLimit)
        {
            _errors.PassOnAll();
        }

        cancellation.ThrowIfCancellationRequested();
        _ = writing;
        return new ProgramEnd(_process.ExitCode, _output.WrittenMemory, _isOverLimit, _errors.LastLines());
    }

    private async Task WriteInputAsync()
    {
        try
        {
            using var input = _process.StandardInput.BaseStream;
            await input.WriteAsync(_start.Input);
        }
        catch (IOException)
        {
            // It did not want all of it.
        }
    }

    private async Task ReadOutputAsync(Stream output)
    {
        while (true)
        {
            var count = await output.ReadAsync(_output.GetMemory(ReadBytes));
            if (count == 0)
            {
                return;
            }

            if (_output.WrittenCount + count > _start.MaxOutputBytes)
            {
                _isOverLimit = true;
                Kill();
                return;
            }

            _output.Advance(count);
        }
    }

    private async Task ReadErrorsAsync(Stream output)
    {
        var buffer = new byte[ReadBytes];
        while (await output.ReadAsync(buffer) is var count and > 0)
        {
            _errors.Add(buffer.AsSpan(0, count));
        }
    }

    private void Kill()
    {
        // What it has started is found by its parents: the program itself must not die first.
        MarkedProcesses.Kill(_mark, _process.HasExited ? 0 : _process.Id);
    }
}
