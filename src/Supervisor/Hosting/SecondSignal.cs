using System.Runtime.InteropServices;

namespace WorkerPool.Supervisor.Hosting;

/// <summary>
/// The first SIGTERM or SIGINT drains the pool, as the host sees to; a second one ends at once what still runs.
/// </summary>
internal sealed class SecondSignal : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;
    private int _count;

    /// <summary>Listens.</summary>
    /// <param name="pool">The pool.</param>
    public SecondSignal(Pool pool) => _registrations =
    [
        .. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT }.Select(signal => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            if (Interlocked.Increment(ref _count) > 1)
            {
                _ = pool.EndJobsAsync();
            }
        })),
    ];

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_registrations, registration => registration.Dispose());
}
