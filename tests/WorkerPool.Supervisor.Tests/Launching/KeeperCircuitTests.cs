using Microsoft.Extensions.Time.Testing;
using Polly.CircuitBreaker;
using WorkerPool.Processes;
using WorkerPool.Supervisor.Launching;
using WorkerPool.Supervisor.Launching.Keepers;

namespace WorkerPool.Supervisor.Tests.Launching;

public sealed class KeeperCircuitTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly KeeperCircuit _circuit;
    private readonly List<(string Problem, double Seconds)> _opened = [];

    public KeeperCircuitTests() => _circuit = new KeeperCircuit(_time) { Opened = (failure, duration) => _opened.Add((failure.Message, duration.TotalSeconds)) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_keeper_whose_launches_fail_is_left_alone_and_says_why()
    {
        await FailAsync();
        Assert.Null(_circuit.Failure);
        await FailAsync();
        Assert.Equal(("WORKER_START_FAILED", "no library"), (_circuit.Failure!.Reason, _circuit.Failure.Message));
        Assert.Equal([("no library", 5)], _opened);
        await Assert.ThrowsAsync<BrokenCircuitException>(LaunchAsync);
    }

    [Fact]
    public async Task After_a_while_one_launch_shows_whether_it_is_well_again()
    {
        await FailAsync();
        await FailAsync();
        _time.Advance(TimeSpan.FromSeconds(5.1));
        Assert.Null(_circuit.Failure);
        await FailAsync();
        Assert.NotNull(_circuit.Failure);
        _time.Advance(TimeSpan.FromSeconds(10.1));
        await FailAsync();
        Assert.Equal([5, 10, 20], _opened.Select(opened => opened.Seconds));

        _time.Advance(TimeSpan.FromSeconds(20.1));
        await LaunchAsync();
        await FailAsync();
        Assert.Null(_circuit.Failure);
    }

    [Fact]
    public async Task A_keeper_that_fails_now_and_then_is_not_left_alone()
    {
        for (var round = 0; round < 10; round++)
        {
            await LaunchAsync();
            await FailAsync();
        }

        Assert.Null(_circuit.Failure);
    }

    [Fact]
    public async Task A_launch_that_is_given_up_says_nothing_of_the_keeper()
    {
        for (var round = 0; round < 5; round++)
        {
            await Assert.ThrowsAsync<OperationCanceledException>(() => _circuit.RunAsync(_ => throw new OperationCanceledException(), Cancellation));
        }

        Assert.Null(_circuit.Failure);
    }

    private Task LaunchAsync() => _circuit.RunAsync(_ => Task.FromResult<ILaunchedWorker>(null!), Cancellation);

    private Task FailAsync() => Assert.ThrowsAsync<WorkerStartException>(
        () => _circuit.RunAsync(_ => throw new WorkerStartException("WORKER_START_FAILED", "no library"), Cancellation));
}
