using System.Runtime.InteropServices;

namespace WorkerPool.Supervisor.Hosting;

/// <summary>
/// The first SIGTERM or SIGINT drains the pool, as the host sees to; a second one ends at once what still runs. It stays to
/// the end of the process: a signal that comes when all but the process is over must not cut short what it still removes.
/// </summary>
internal static class SecondSignal
{
    private static PosixSignalRegistration[] _registrations = [];
    private static int _count;

    /// <summary>Listens.</summary>
    /// <param name="pool">The pool.</param>
    public static void Listen(Pool pool) => _registrations =
    [
        .. _registrations,
        .. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT }.Select(signal => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            if (Interlocked.Increment(ref _count) > 1)
            {
                _ = pool.EndJobsAsync();
            }
        })),
    ];
}
