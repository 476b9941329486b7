using System.Globalization;
using WorkerPool.Client;

namespace WorkerPool.Chaos;

/// <summary>One run: a warm-up without faults, load under faults, and the account.</summary>
public static class ChaosRun
{
    private const long MebibytesOfSlack = 64;
    private const long ClientMebibytesOfSlack = 16;
    private const int HandlesOfSlack = 16;
    private const double WarmUpShare = 0.3;
    private const double CutShare = 0.4;
    private const int MostBytesToCut = 300_000;
    private const int BytesPerMebibyte = 1 << 20;

    // For the maps that are under way when the time is over, on a machine that is busy.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Runs.</summary>
    /// <param name="options">What.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<ChaosReport> RunAsync(ChaosOptions options, CancellationToken cancellation)
    {
        var report = new ChaosReport();
        report.Add("seed", options.Seed.ToString(CultureInfo.InvariantCulture));
        report.Add("faults", string.Join(", ", options.Faults.Order()));
        await using (var supervisor = await ChaosSupervisor.StartAsync(options, report))
        {
            await WarmUpAsync(supervisor, options, report, cancellation);
            await IsIdleAsync(supervisor, options, report, cancellation);
            var client = Footprint.OfSelf();
            var service = Footprint.Of(supervisor.Program.ProcessId);

            await StormAsync(supervisor, options, report, cancellation);

            if (supervisor.Program.Ended.IsCompleted)
            {
                // Which is a breach already, and leaves nothing to ask.
                return report;
            }

            await IsIdleAsync(supervisor, options, report, cancellation);
            Compare("Supervisor (resident)", service, await SettledAsync(supervisor, service), MebibytesOfSlack, report);
            Compare("client (alive after a collection)", client, Footprint.OfSelf(), ClientMebibytesOfSlack, report);
            var left = supervisor.Program.LeftoversOfTheDead(options.Workers);
            report.Expect(left.Count == 0, $"dead workers have left {string.Join(", ", left)}");

            var exitCode = await supervisor.StopAsync();
            left = supervisor.Program.Leftovers();
            report.Add("exit code of the Supervisor", exitCode.ToString(CultureInfo.InvariantCulture));
            report.Expect(exitCode == 0, $"the Supervisor ended with exit code {exitCode}");
            report.Add("left behind", left.Count == 0 ? "nothing" : string.Join(", ", left));
            report.Expect(left.Count == 0, $"the Supervisor has left {string.Join(", ", left)}");
        }

        report.Expect(report.CountOf("maps") > 0, "no map has ended");
        return report;
    }

    // What a runtime takes for good under such a load it takes now.
    private static async Task WarmUpAsync(
        ChaosSupervisor supervisor, ChaosOptions options, ChaosReport report, CancellationToken cancellation)
    {
        using var over = new CancellationTokenSource(options.Duration * WarmUpShare);
        var warmUp = new ChaosReport();
        await LoadAsync(
            supervisor.Address, options with { Faults = new HashSet<ChaosFault>() }, warmUp, () => !over.IsCancellationRequested, cancellation);
        foreach (var breach in warmUp.Breaches)
        {
            report.Breach($"without any fault: {breach}");
        }
    }

    private static async Task StormAsync(
        ChaosSupervisor supervisor, ChaosOptions options, ChaosReport report, CancellationToken cancellation)
    {
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        over.CancelAfter(options.Duration);
        await using var network = FaultyProxy.Start(supervisor.Address, CutsOf(options, report, over.Token));
        var striking = new Striker(supervisor, network, options, report).RunAsync(over.Token);
        await LoadAsync(
            network.Address,
            options,
            report,
            () => !over.IsCancellationRequested && report.CountOf("items") < options.Items,
            cancellation);
        await over.CancelAsync();
        await striking;
        report.Add("time under faults", time.GetElapsedTime(start).ToString("g", CultureInfo.InvariantCulture));
    }

    // Some connections are cut after a number of bytes: in the middle of whatever is under way.
    private static Func<int, ProxyFault?> CutsOf(ChaosOptions options, ChaosReport report, CancellationToken over)
    {
        var chance = new Random(options.Seed);
        return _ =>
        {
            ProxyFault fault;
            lock (chance)
            {
                fault = new ProxyFault(ProxyFaultKind.Cut, ToServer: chance.Next(2) == 0, AtByte: chance.Next(MostBytesToCut));
                if (!options.Faults.Contains(ChaosFault.Net) || over.IsCancellationRequested || chance.NextDouble() > CutShare)
                {
                    return null;
                }
            }

            report.Count("strikes: connections to be cut after some bytes");
            return fault;
        };
    }

    // One map each at least.
    private static async Task LoadAsync(
        string address, ChaosOptions options, ChaosReport report, Func<bool> goesOn, CancellationToken cancellation)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        giveUp.CancelAfter(options.Duration + Patience);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, options.Clients).Select(number =>
            {
                var maps = 0;
                return new ClientLoad(address, options, number, report).RunAsync(() => maps++ == 0 || goesOn(), giveUp.Token);
            }));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            report.Breach($"maps were still under way {Patience.TotalSeconds} s after the last strike");
        }
    }

    private static async Task IsIdleAsync(
        ChaosSupervisor supervisor, ChaosOptions options, ChaosReport report, CancellationToken cancellation)
    {
        await using var pool = Pool.Connect(supervisor.Address);
        try
        {
            await Eventually.AskAsync(
                () => pool.Admin.GetPoolAsync(cancellation),
                status => status.OpenJobs == 0 && status.BusyWorkers == 0 && status.ReadyWorkers == options.Workers);
        }
        catch (Exception error) when (error is TimeoutException or WorkerPoolException)
        {
            report.Breach($"the pool did not become idle and whole: {error.Message}");
        }
    }

    // What a runtime holds goes back in its own time.
    private static async Task<Footprint> SettledAsync(ChaosSupervisor supervisor, Footprint before)
    {
        try
        {
            return await Eventually.AskAsync(
                () => Task.FromResult(Footprint.Of(supervisor.Program.ProcessId)), now => IsBack(before, now, MebibytesOfSlack));
        }
        catch (TimeoutException)
        {
            return Footprint.Of(supervisor.Program.ProcessId);
        }
    }

    private static bool IsBack(Footprint before, Footprint after, long mebibytes) =>
        after.MemoryBytes <= before.MemoryBytes + (mebibytes * BytesPerMebibyte) && after.Handles <= before.Handles + HandlesOfSlack;

    private static void Compare(string what, Footprint before, Footprint after, long mebibytes, ChaosReport report)
    {
        report.Add($"{what}: before, after", $"{before}; {after}");
        report.Expect(IsBack(before, after, mebibytes), $"{what} held {before} before and {after} after");
    }
}
