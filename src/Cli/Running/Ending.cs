using System.Runtime.InteropServices;

namespace WorkerPool.Cli.Running;

/// <summary>
/// Why the command has to end early, if it has: a signal, or a reader of stdout that has gone. The first cause counts.
/// </summary>
internal sealed class Ending : IDisposable
{
    private const int None = 0;

    private readonly CancellationTokenSource _cancellation = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private int _exitCode;

    public Ending()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => OnSignal(signal, ExitCodes.Interrupted));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => OnSignal(signal, ExitCodes.Terminated));
    }

    /// <summary>Cancelled when the command has to end.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <summary>The exit code of the cause, or <c>null</c> while there is none.</summary>
    public int? ExitCode => Volatile.Read(ref _exitCode) is var code and not None ? code : null;

    /// <summary>Ends the command. False if it was ending already.</summary>
    public bool Begin(int exitCode)
    {
        if (Interlocked.CompareExchange(ref _exitCode, exitCode, None) != None)
        {
            return false;
        }

        // Not here: a signal handler or a watching thread should not run what follows a cancellation.
        _ = _cancellation.CancelAsync();
        return true;
    }

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
    }

    // A second signal takes its default course, which ends the process at once.
    private void OnSignal(PosixSignalContext signal, int exitCode) => signal.Cancel = Begin(exitCode);
}
