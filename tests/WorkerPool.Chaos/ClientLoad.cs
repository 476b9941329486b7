using WorkerPool.Client;

namespace WorkerPool.Chaos;

/// <summary>One client that has map after map, in turns ordered and not, until it is to stop.</summary>
/// <param name="address">Where the pool is.</param>
/// <param name="options">What the run does.</param>
/// <param name="number">Which client it is.</param>
/// <param name="report">Takes counts and breaches.</param>
internal sealed class ClientLoad(string address, ChaosOptions options, int number, ChaosReport report)
{
    // A stalled connection is given up well before anyone waits for the run. A Supervisor takes its time to start on a busy machine.
    private static readonly PoolOptions Options = new() { SilenceLimit = TimeSpan.FromSeconds(5), ReconnectTimeout = TimeSpan.FromMinutes(2) };

    /// <summary>Runs maps until told to begin no more.</summary>
    /// <param name="mayBegin">Whether another map may begin.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task RunAsync(Func<bool> mayBegin, CancellationToken cancellation)
    {
        var chance = new Random(HashCode(options.Seed, number));
        await using var pool = Pool.Connect(address, Options);
        for (var map = number; mayBegin(); map++)
        {
            var workload = Workload.Draw(chance, options.Faults);
            try
            {
                await workload.RunAsync(pool, ordered: map % 2 == 0, report, cancellation);
            }
            catch (Exception error) when (!cancellation.IsCancellationRequested)
            {
                report.Breach($"client {number}: a map of {workload.Function} ended with {error.GetType().Name}: {error.Message}");
            }
        }

        await pool.CloseAsync(cancellation);
    }

    // That of the framework differs from process to process.
    private static int HashCode(int seed, int number) => unchecked((seed * 397) ^ number);
}
