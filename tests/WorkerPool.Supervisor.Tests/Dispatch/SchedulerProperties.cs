using CsCheck;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.Supervisor.Tests.Dispatch.Simulation;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Tests.Dispatch;

/// <summary>What holds of every job under every interleaving of clients, workers and their deaths.</summary>
public sealed class SchedulerProperties
{
    [Fact]
    public void Every_accepted_item_is_answered_exactly_once_in_order_and_no_innocent_one_is_blamed()
    {
        var (reclaimed, limited, sharedDeaths, givenBack) = (0, 0, 0, 0);
        Scenario.Any.Sample(
            scenario =>
            {
                var pool = new SimulatedPool(scenario);
                pool.Play();
                foreach (var client in pool.Clients)
                {
                    JobEndedAsItShould(client);
                    TakenOnceAndInOrder(client);
                    BlameIsRight(client, scenario.MaxCrashes);
                }

                NothingIsLeft(pool);
                EveryWorkerStillTakesWork(pool);
                Interlocked.Add(ref reclaimed, pool.ReclaimedCount);
                Interlocked.Add(ref limited, pool.LimitedCount);
                Interlocked.Add(ref sharedDeaths, pool.SharedDeaths);
                Interlocked.Add(ref givenBack, pool.Clients.Sum(client => client.GivenBackCount));
            },
            iter: 2500,
            print: scenario => scenario.ToString());

        // What never happens is not tested.
        Assert.True(reclaimed > 0, "no worker was ever asked for items back that it had not begun");
        Assert.True(limited > 0, "no job ever had as many workers as it may");
        Assert.True(sharedDeaths > 0, "no worker ever died that ran several items");
        Assert.True(givenBack > 0, "no memory of items was ever given back");
    }

    private static void JobEndedAsItShould(SimulatedClient client)
    {
        var name = $"{client.Job.Id}: {client.Plan with { Items = [] }}";
        Assert.True(client.Job.Summary.IsCompleted, $"{name} hangs; {client.Taken.Count} of {client.Plan.Items.Length} answered");
        if (client.Job.Summary.IsFaulted)
        {
            var failure = Assert.IsType<JobFailedException>(client.Job.Summary.Exception.InnerException);
            Assert.True(client.IsCancelled, $"{name} failed: {failure.Reason}: {failure.Message}");
            return;
        }

        var summary = client.Job.Summary.GetAwaiter().GetResult();
        var ledger = summary.Ledger;
        Assert.Equal(ledger.Accepted, ledger.Succeeded + ledger.Failed + ledger.Cancelled);
        Assert.Equal(client.Taken.Count(taken => taken.Error is null), ledger.Succeeded);
        Assert.Equal(client.Taken.Count(taken => taken.Error is not null), ledger.Failed);
        if (summary.Outcome == JobOutcome.Completed)
        {
            Assert.Equal(client.Indexes.Count, ledger.Accepted);
            Assert.Equal(0, ledger.Cancelled);
            Assert.Equal(client.WorkersLost, summary.WorkerRestarts);
            Assert.Equal(client.Indexes.Order(), client.Taken.Select(taken => taken.Index).Order());
            Assert.True(!client.Plan.StopsOnError || ledger.Failed == 0, $"{name} did not stop");
        }
        else
        {
            Assert.True(client.Plan.StopsOnError, $"{name} stopped");
            Assert.Equal(client.Taken.Count - 1, client.Taken.FindIndex(taken => taken.Error is not null));
        }
    }

    private static void TakenOnceAndInOrder(SimulatedClient client)
    {
        var indexes = client.Taken.Select(taken => taken.Index).ToList();
        Assert.Equal(indexes.Count, indexes.Distinct().Count());
        if (client.Plan.IsOrdered)
        {
            Assert.Equal(client.Indexes.Take(indexes.Count), indexes);
        }
    }

    private static void BlameIsRight(SimulatedClient client, int maxCrashes)
    {
        foreach (var (index, error) in client.Taken)
        {
            var plan = client.PlanOf(index);
            var history = client.HistoryOf(index);
            var isTooLarge = plan.Size > SimulatedClient.MaxItemBytes;
            var expected =
                isTooLarge ? ErrorReasons.ItemTooLarge
                : history.HasTimedOut ? ErrorReasons.ItemTimeout
                : history.Crashes >= maxCrashes ? ErrorReasons.WorkerCrashed
                : plan.Fate == ItemFate.IsRefused ? ErrorReasons.ItemTypeMismatch
                : plan.Fate == ItemFate.Throws && plan.Throws > client.Plan.MaxRetries ? ErrorReasons.FunctionFailed
                : null;
            Assert.Equal(expected, error?.Reason);
            Assert.InRange(history.Crashes, 0, maxCrashes);
            Assert.InRange(history.Throws, 0, client.Plan.MaxRetries + 1);
            if (expected == ErrorReasons.WorkerCrashed)
            {
                Assert.Equal(maxCrashes, history.Crashes);
                Assert.Equal((uint)(history.Crashes + history.Throws + history.Suspicions), error!.Attempts);
            }
        }
    }

    private static void NothingIsLeft(SimulatedPool pool)
    {
        Assert.Empty(pool.Scheduler.Sources);
        Assert.Equal(pool.Workers.Count, pool.Scheduler.WorkerCount);
        Assert.All(pool.Workers, worker => Assert.Empty(worker.Held));
    }

    // A lease that was never closed, or a worker that fell out of the queues, would show here.
    private static void EveryWorkerStillTakesWork(SimulatedPool pool)
    {
        var item = new ItemPlan(0, 1, 1, ItemFate.Succeeds, 0);
        var client = pool.Open(new JobPlan(
            true, 1, false, 0, 64, SimulatedClient.MaxItemBytes * 4, 1, false, 0, 1,
            [.. Enumerable.Repeat(item, pool.Workers.Count * pool.Concurrency)]));
        client.Send(pool.Workers.Count * pool.Concurrency);
        pool.Turn();

        // One that is to be replaced after some items may have run the most of them.
        var least = pool.RecycleAfterItems == 0 ? pool.Concurrency : 1;
        Assert.All(pool.Workers, worker => Assert.InRange(worker.Held.Count, least, pool.Concurrency));
    }
}
