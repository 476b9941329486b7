using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using WorkerPool.Processes;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Diagnostics;
using WorkerPool.Supervisor.Launching;
using WorkerPool.Supervisor.Workers;
using WorkerPool.TestSupport;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Tests.Workers;

/// <summary>The first worker of a pool has the processors to itself.</summary>
public sealed class FirstStartsTests
{
    private const int Workers = 4;
    private readonly FakeTimeProvider _time = new();
    private readonly HeldLauncher _launcher;
    private readonly Availability _availability;

    public FirstStartsTests()
    {
        _availability = new Availability(new RestartIntensity(100, TimeSpan.FromSeconds(30)), _time);
        _launcher = new HeldLauncher(_availability);
    }

    [Fact]
    public async Task The_others_start_when_it_is_known_whether_it_can()
    {
        await using var slots = Start(firstStarts: 1);
        await LaunchedAsync(1);
        _launcher.Fail();
        await LaunchedAsync(Workers);
        Assert.Equal([false, true, true, true], _launcher.WasTried);
    }

    [Fact]
    public async Task One_that_takes_long_does_not_hold_up_the_others()
    {
        await using var slots = Start(firstStarts: 1);
        await LaunchedAsync(1);
        await Eventually.AskAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(_launcher.WasTried.Count);
            },
            count => count == Workers);
        Assert.DoesNotContain(true, _launcher.WasTried);
    }

    [Fact]
    public async Task With_processors_for_all_none_waits()
    {
        await using var slots = Start(firstStarts: Workers);
        await LaunchedAsync(Workers);
        Assert.DoesNotContain(true, _launcher.WasTried);
    }

    [Fact]
    public async Task A_pool_that_ends_before_that_launches_no_others()
    {
        await using (Start(firstStarts: 1))
        {
            await LaunchedAsync(1);
        }

        Assert.Single(_launcher.WasTried);
    }

    private Task LaunchedAsync(int count) => Eventually.AskAsync(() => Task.FromResult(_launcher.WasTried.Count), launched => launched == count);

    private Slots Start(int firstStarts)
    {
        var options = new PoolOptions();
        return new Slots(new WorkerSlots(
            Workers,
            new SlotContext(
                _launcher,
                new SpareWorkers(0, _launcher, _availability, _time, NullLogger<WorkerSlot>.Instance),
                new Nobody(),
                _availability,
                options,
                new EventLog(_time),
                NoMeasurements.Instance,
                _time,
                NullLogger<WorkerSlot>.Instance,
                firstStarts)));
    }

    private sealed class Slots(WorkerSlots slots) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await slots.StopAsync(TimeSpan.Zero);
    }

    // Holds launches until they are to fail; notes of each whether one had been tried by then.
    private sealed class HeldLauncher(Availability availability) : IWorkerLauncher
    {
        private readonly TaskCompletionSource<ILaunchedWorker> _held = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<bool> WasTried { get; } = [];

        public void Fail() => _held.SetException(new WorkerStartException(ErrorReasons.WorkerStartFailed, "It does not start."));

        public Task<ILaunchedWorker> LaunchAsync(string name, CancellationToken cancellation)
        {
            WasTried.Enqueue(availability.Tried.IsCompleted);
            return _held.Task.WaitAsync(cancellation);
        }
    }

    private sealed class Nobody : IWorkerObserver
    {
        public void Ready(IWorker worker)
        {
        }

        public void Results(IWorker worker, IReadOnlyList<ChunkResults> results)
        {
        }

        public void Overdue(IWorker worker, ItemOverdue overdue)
        {
        }

        public void Refused(IWorker worker, JobRefused refused)
        {
        }

        public void Released(IWorker worker)
        {
        }

        public void Lost(IWorker worker, DeathCertificate certificate, IReadOnlyList<RunningItem> running)
        {
        }

        public void Broken(StartFailure failure)
        {
        }
    }
}
