using WorkerPool.TestSupport;
using WorkerPool.Processes;
using WorkerPool.Protocol.Errors;
using WorkerPool.Protocol.Packing;
using WorkerPool.Supervisor.Launching;
using WorkerPool.Supervisor.Workers;
using WorkerPool.V1;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Tests.Dispatch.Simulation;

/// <summary>
/// A worker that runs nothing: what its items give is written in the scenario, when it gives it is decided outside.
/// It checks what it is given.
/// </summary>
/// <param name="identity">Who it is.</param>
/// <param name="pool">Where it reports.</param>
internal sealed class SimulatedWorker(WorkerIdentity identity, SimulatedPool pool) : IWorker
{
    private readonly List<HeldChunk> _held = [];
    private readonly HashSet<ulong> _cancelledJobs = [];
    private readonly HashSet<ulong> _setUpJobs = [];
    private readonly HashSet<ulong> _endedJobs = [];
    private readonly HashSet<(ulong Lease, ulong Index)> _timedOut = [];
    private readonly Queue<Reclaim> _reclaims = new();
    private readonly HashSet<(ulong Lease, ulong Index)> _overdue = [];
    private bool _isKilledForItem;
    private int _answered;
    private int _turn;

    public WorkerIdentity Identity => identity;

    public bool IsDead { get; private set; }

    public bool IsKilled { get; private set; }

    /// <summary>Whether it was told something that is not on its way.</summary>
    public bool IsToBeFlushed { get; private set; }

    /// <summary>Whether it was asked to end: it hands back what it has not begun, gets nothing more and ends.</summary>
    public bool IsReleased { get; private set; }

    public IReadOnlyList<HeldChunk> Held => _held;

    // Whoever of its runners is free takes the next chunk that came.
    private List<HeldChunk> Running => _held[..Math.Min(pool.Concurrency, _held.Count)];

    private HeldChunk NextRunning => _held[_turn++ % Running.Count];

    public void SetUp(JobSetup setup, IReadOnlyList<ReadOnlyMemory<byte>> shared)
    {
        Assert.DoesNotContain(setup.Job, _endedJobs);
        Assert.True(_setUpJobs.Add(setup.Job), "a worker was told twice what a job is");
    }

    public void Send(Chunk chunk)
    {
        Assert.Contains(chunk.Job, _setUpJobs);
        Assert.False(IsDead, "a dead worker was given a chunk");
        Assert.False(IsReleased, "a worker that is to end was given a chunk");
        var held = new HeldChunk(chunk);
        Assert.InRange(held.Count, 1, int.MaxValue);
        var client = pool.ClientOf(chunk.Job);
        var suspects = held.Indexes.Count(index => client.HistoryOf(index).IsSuspect);
        Assert.True(suspects == 0 || (held.Count == 1 && _held.Count == 0), "a suspect was not given a worker to itself");
        Assert.False(_held.Any(other => pool.IsSuspect(other)), "something was queued behind a suspect");
        Assert.True(
            client.Plan.ChunkSize == 0 || held.Count <= client.Plan.ChunkSize, "a chunk is larger than its fixed size");
        CheckItems(held);
        _held.Add(held);
        IsToBeFlushed = true;
        Assert.True(
            pool.RecycleAfterItems == 0 || client.Plan.ChunkSize > 0 || _answered + _held.Sum(other => other.Left) <= pool.RecycleAfterItems,
            "a worker was given more items than it may run");
        if (client.Plan.MaxWorkers > 0)
        {
            var holders = pool.HolderCount(chunk.Job);
            Assert.InRange(holders, 1, client.Plan.MaxWorkers);
            pool.LimitedCount += holders == client.Plan.MaxWorkers && holders < pool.Workers.Count ? 1 : 0;
        }
    }

    public void Cancel(ulong job)
    {
        Forget(job);
        _cancelledJobs.Add(job);
        IsToBeFlushed = true;
    }

    public void Forget(ulong job)
    {
        Assert.True(_setUpJobs.Remove(job), "a worker was told to forget a job it does not know");
        _endedJobs.Add(job);
        IsToBeFlushed = true;
    }

    public void Reclaim(Reclaim reclaim)
    {
        _reclaims.Enqueue(reclaim);
        IsToBeFlushed = true;
    }

    public void Shutdown()
    {
        IsReleased = true;
        IsToBeFlushed = true;
    }

    public void Flush() => IsToBeFlushed = false;

    public void KillStuck(string reason, ulong lease)
    {
        Kill(reason);
        _isKilledForItem = true;
        _timedOut.UnionWith(_overdue.Where(item => item.Lease == lease && reason.StartsWith($"item {item.Index} ", StringComparison.Ordinal)));
    }

    public void Recycle(string reason) => pool.Release(this);

    public void Kill(string reason) => IsKilled = true;

    /// <summary>Runs items and reports them, in one message a chunk. Poison kills it.</summary>
    /// <param name="most">The most items to run.</param>
    public bool Run(int most)
    {
        if (IsKilled)
        {
            return Die(Simulation.Running.Item);
        }

        if (IsReleased)
        {
            return End();
        }

        if (_held.Count == 0)
        {
            return false;
        }

        var messages = new List<ChunkResults>();
        AnswerReclaims(messages);
        while (most > 0 && _held.Count > 0)
        {
            var held = NextRunning;
            var client = pool.ClientOf(held.Message.Job);
            if (_cancelledJobs.Contains(held.Message.Job) && held.Answered > 0)
            {
                HandBack(held, messages);
                continue;
            }

            var few = pool.Concurrency == 1 ? most : 1;
            var results = RunSome(held, client, Math.Min(few, held.Left), out var isPoisoned);
            most -= results.Values.ItemCount;
            _answered += results.Values.ItemCount;
            if (results.Values.ItemCount > 0)
            {
                messages.Add(results);
            }

            if (isPoisoned)
            {
                pool.Report(this, messages);
                return Die(Simulation.Running.Item);
            }

            CloseIfDone(held);
        }

        pool.Report(this, messages);
        return true;
    }

    /// <summary>Hands back all it has and ends, as it was asked to.</summary>
    private bool End()
    {
        var messages = new List<ChunkResults>();
        foreach (var held in _held.ToList())
        {
            HandBack(held, messages);
        }

        pool.Report(this, messages);
        return Die(Simulation.Running.Nothing);
    }

    /// <summary>Hands back the items of its last chunk that it has not begun.</summary>
    public bool HandBack()
    {
        if (IsDead || _held.Count == 0)
        {
            return false;
        }

        var messages = new List<ChunkResults>();
        HandBack(_held[^1], messages);
        pool.Report(this, messages);
        return true;
    }

    /// <summary>Reports that its item runs over its timeout.</summary>
    public bool BeOverdue()
    {
        if (IsDead || _held.Count == 0)
        {
            return false;
        }

        var held = NextRunning;
        _overdue.Add((held.Message.Lease, held.NextIndex));
        pool.ReportOverdue(this, held.Message.Lease, held.NextIndex);
        return true;
    }

    /// <summary>Dies.</summary>
    /// <param name="running">What its flight recorder shows.</param>
    public bool Die(Running shown)
    {
        if (IsDead)
        {
            return false;
        }

        IsDead = true;
        var running = shown switch
        {
            Simulation.Running.Item => Running.Select(held => new RunningItem(held.Message.Lease, held.NextIndex)),
            Simulation.Running.AnsweredItem => Running.Where(held => held.Answered > 0)
                .Select(held => new RunningItem(held.Message.Lease, held.NextIndex - 1)),
            _ => [],
        };
        if (shown == Simulation.Running.Item)
        {
            Blame(Running);
        }

        pool.ReportDeath(this, [.. running]);
        return true;
    }

    private void Blame(List<HeldChunk> running)
    {
        pool.SharedDeaths += running.Count > 1 ? 1 : 0;
        foreach (var held in running)
        {
            var history = pool.ClientOf(held.Message.Job).HistoryOf(held.NextIndex);
            if (_timedOut.Contains((held.Message.Lease, held.NextIndex)))
            {
                history.Blame(hasTimedOut: true);
            }
            else if (!_isKilledForItem && running.Count == 1)
            {
                history.Blame(hasTimedOut: false);
            }
            else if (!_isKilledForItem)
            {
                history.Suspect();
            }
        }
    }

    /// <summary>Results that come after its death.</summary>
    public void Haunt()
    {
        foreach (var held in _held)
        {
            var results = new ChunkResults { Lease = held.Message.Lease, Values = new PackedItems(), BusyNanoseconds = 1 };
            results.Values.Sizes = PackedSizes.Of(new uint[held.Left]);
            pool.Report(this, [results]);
        }
    }

    private static ChunkResults RunSome(HeldChunk held, SimulatedClient client, int most, out bool isPoisoned)
    {
        var values = new PackedRunBuilder();
        var errors = new List<ItemError>();
        isPoisoned = false;
        while (values.Count < most && !isPoisoned)
        {
            var index = held.NextIndex;
            var plan = client.PlanOf(index);
            var history = client.HistoryOf(index);
            history.IsSuspect = false;
            switch (plan.Fate)
            {
                case ItemFate.IsPoison:
                    isPoisoned = true;
                    continue;
                case ItemFate.Throws when history.Throws < plan.Throws:
                    history.Throws++;
                    errors.Add(ErrorOf(ErrorReasons.FunctionFailed));
                    break;
                case ItemFate.IsRefused:
                    errors.Add(ErrorOf(ErrorReasons.ItemTypeMismatch));
                    break;
                default:
                    values.Add(client.ValueOf(index));
                    held.Answered++;
                    continue;
            }

            values.EndItem();
            held.Answered++;

            ItemError ErrorOf(string reason) =>
                new() { Index = index, Reason = reason, Message = reason, Attempts = held.Message.Attempt };
        }

        var count = values.Count;
        var results = new ChunkResults
        {
            Lease = held.Message.Lease,
            Values = Runs.Rented(values.Take()),
            BusyNanoseconds = (ulong)(count * client.Plan.ItemNanoseconds),
        };
        results.Errors.AddRange(errors);
        return results;
    }

    /// <summary>
    /// What it holds is what it was sent, whatever became of its items elsewhere: even of a dead worker the message may be read at
    /// any time.
    /// </summary>
    public void CheckItems() => _held.ForEach(CheckItems);

    private void CheckItems(HeldChunk held)
    {
        var client = pool.ClientOf(held.Message.Job);
        var index = held.Message.FirstIndex;
        foreach (var segment in held.Message.Segments)
        {
            // What it has answered, or handed back, it has read.
            var count = (ulong)segment.ItemCount;
            if (index + count > held.NextIndex && index < held.Message.FirstIndex + (ulong)held.Count)
            {
                Assert.True(PackedRun.TryRead(segment, out var run, out var problem), problem);
                foreach (var item in run)
                {
                    Assert.True(item.Span.SequenceEqual(client.ItemOf(index)), $"index {index} has the bytes of another item");
                    index++;
                }
            }
            else
            {
                index += count;
            }
        }
    }

    // Of each chunk that is running one item runs; what was reclaimed too late is not there any more.
    private void AnswerReclaims(List<ChunkResults> messages)
    {
        while (_reclaims.TryDequeue(out var reclaim))
        {
            var position = _held.FindIndex(held => held.Message.Lease == reclaim.Lease);
            if (position < 0 || (position < pool.Concurrency && reclaim.UnbegunOnly))
            {
                continue;
            }

            var held = _held[position];
            var count = Math.Min((int)reclaim.Count, held.Left - (position < pool.Concurrency ? 1 : 0));
            if (count > 0)
            {
                messages.Add(new ChunkResults { Lease = reclaim.Lease, Returned = (uint)count });
                held.CutOff(count);
                pool.ReclaimedCount += count;
                CloseIfDone(held);
            }
        }
    }

    private void HandBack(HeldChunk held, List<ChunkResults> messages)
    {
        messages.Add(new ChunkResults { Lease = held.Message.Lease, Returned = (uint)held.Left });
        _held.Remove(held);
    }

    private void CloseIfDone(HeldChunk held)
    {
        if (held.Left == 0)
        {
            _held.Remove(held);
        }
    }
}
