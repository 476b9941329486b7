using Microsoft.Extensions.Time.Testing;
using WorkerPool.Processes;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Workers;

namespace WorkerPool.Supervisor.Tests.Workers;

public sealed class AvailabilityTests
{
    private static readonly Catalogue Functions = new([]);
    private readonly Availability _availability = new(new RestartIntensity(3, TimeSpan.FromSeconds(30)), new FakeTimeProvider());

    [Fact]
    public async Task Functions_are_known_when_the_first_worker_has_named_them()
    {
        var asked = Ask();
        Assert.False(asked.IsCompleted);
        _availability.Started(Functions);
        Assert.Same(Functions, await asked);
    }

    [Fact]
    public async Task A_library_that_cannot_be_loaded_breaks_the_pool_at_once_and_whoever_waits_hears_why()
    {
        var asked = Ask();
        Assert.NotNull(_availability.StartFailed(Failure(ErrorReasons.FunctionLibraryInvalid)));
        Assert.Equal(ErrorReasons.FunctionLibraryInvalid, (await Assert.ThrowsAsync<WorkerStartException>(() => asked)).Reason);
        Assert.Equal("It did not start.", _availability.Failure?.Message);
    }

    [Fact]
    public void Starts_that_fail_too_often_break_the_pool_once()
    {
        Assert.Equal([true, true, false, true], Enumerable.Range(0, 4).Select(_ => _availability.StartFailed(Failure()) is null));
        Assert.NotNull(_availability.Failure);
    }

    [Fact]
    public void Failed_starts_do_not_break_a_pool_that_has_a_worker()
    {
        _availability.Started(Functions);
        Assert.Null(_availability.StartFailed(Failure(ErrorReasons.FunctionLibraryInvalid)));
        Assert.Null(_availability.Failure);
    }

    [Fact]
    public async Task A_pool_that_lost_its_last_worker_and_cannot_start_another_is_broken()
    {
        _availability.Started(Functions);
        _availability.Ended(Functions);
        Assert.NotNull(_availability.StartFailed(Failure(ErrorReasons.ProtocolMismatch)));
        await Assert.ThrowsAsync<WorkerStartException>(Ask);
    }

    [Fact]
    public async Task While_a_library_is_replaced_the_functions_are_those_of_the_worker_that_started_last_and_is_up()
    {
        var (old, replacement) = (new Catalogue([]), new Catalogue([]));
        _availability.Started(old);
        _availability.Started(replacement);
        Assert.Same(replacement, await Ask());

        // An old one dies and comes back, and then makes way for good.
        _availability.Ended(old);
        Assert.Same(replacement, await Ask());
        var again = new Catalogue([]);
        _availability.Started(again);
        Assert.Same(again, await Ask());
        _availability.Ended(again);
        Assert.Same(replacement, await Ask());

        // Without any the last that was known stands.
        _availability.Ended(replacement);
        Assert.Same(replacement, await Ask());
    }

    [Fact]
    public async Task A_broken_pool_heals_when_a_worker_starts()
    {
        _availability.StartFailed(Failure(ErrorReasons.FunctionLibraryInvalid));
        _availability.Started(Functions);
        Assert.Null(_availability.Failure);
        Assert.Same(Functions, await Ask());
    }

    private static WorkerStartException Failure(string reason = ErrorReasons.WorkerStartFailed) => new(reason, "It did not start.");

    private Task<Catalogue> Ask() => _availability.CatalogueAsync(TestContext.Current.CancellationToken);
}
