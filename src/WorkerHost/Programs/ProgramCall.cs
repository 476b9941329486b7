using System.ComponentModel;
using System.Globalization;
using WorkerPool.Processes.Programs;
using WorkerPool.Protocol.Errors;
using WorkerPool.V1;
using WorkerPool.WorkerHost.Functions;

namespace WorkerPool.WorkerHost.Programs;

/// <summary>The call of a program: starts it with the item, waits for its end, reads its output.</summary>
/// <param name="program">The program.</param>
internal sealed class ProgramCall(ProgramDeclaration program) : FunctionCall
{
    /// <summary>What the writing of a value may take off a program's output: a line end.</summary>
    private const int LineEndBytes = 2;

    private readonly string _label = Path.GetFileName(program.Path);
    private readonly ProgramValue _value = new(program);
    private IReadOnlyList<string> _arguments = [];
    private ReadOnlyMemory<byte> _input;
    private ReadOnlyMemory<byte> _output;

    /// <inheritdoc/>
    public override void Read(in Item item)
    {
        _arguments = ItemArguments.For(program, item);
        _input = program.Input == ProgramInput.Stdin ? ItemText.Bytes(item) : default;
    }

    /// <inheritdoc/>
    public override void ReadList(in Item list) => Read(list);

    /// <inheritdoc/>
    public override void Invoke(long maxValueBytes, CancellationToken token)
    {
        var end = Run(new ProgramStart(
            program.Path, _arguments, program.Directory, program.Environment, _input, maxValueBytes + LineEndBytes), token);
        if (end.IsOverLimit)
        {
            throw new ItemRefusedException(
                ErrorReasons.ValueTooLarge,
                $"{_label} wrote more to stdout than the pool's limit of {Number(maxValueBytes)} bytes, and was ended. Have it write less, or raise the limit.",
                ("limit", Number(maxValueBytes)));
        }

        if (end.ExitCode != 0)
        {
            throw Failed(end);
        }

        _output = end.Output;
    }

    /// <inheritdoc/>
    public override void Write(Encoding encoding, ValueBuffer target) => _value.Write(_output, encoding, target);

    /// <inheritdoc/>
    public override void Clear() => (_arguments, _input, _output) = ([], default, default);

    private ProgramEnd Run(ProgramStart start, CancellationToken token)
    {
        try
        {
            return ProgramProcess.RunAsync(start, TimeProvider.System, token).GetAwaiter().GetResult();
        }
        catch (Win32Exception error)
        {
            throw new ItemRefusedException(ErrorReasons.ProgramFailed, $"{_label} could not be started: {error.Message}");
        }
    }

    private ItemRefusedException Failed(ProgramEnd end)
    {
        var message = end.LastErrorLines.Length == 0 ? $"{_label} ended with {end}, and wrote nothing to stderr"
            : $"{_label} ended with {end}: {end.LastErrorLines}";
        (string, string)[] metadata = [("exit_code", Number(end.ExitCode)), ("stderr", end.LastErrorLines)];
        return new ItemRefusedException(
            ErrorReasons.ProgramFailed, message, end.Signal is { } signal ? [.. metadata, ("signal", signal)] : metadata);
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
