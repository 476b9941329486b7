using System.Diagnostics.CodeAnalysis;
using WorkerPool.Protocol.Errors;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Dispatch;

/// <summary>
/// Items on their second try and later, each a chunk of one. The policy decides whether and when; what is due waits
/// here for a worker. Used on the owner loop; what the policy's waits change, they change in what they post.
/// </summary>
/// <param name="policy">Decides.</param>
/// <param name="post">Runs something on the owner loop, soon.</param>
internal sealed class Reruns(RerunPolicy policy, Action<Action> post)
{
    private readonly RerunQueue _due = new();
    private readonly Dictionary<IWorkSource, CancellationTokenSource> _open = [];

    /// <summary>Whether nothing is due.</summary>
    public bool IsEmpty => _due.IsEmpty;

    /// <summary>Adds a job.</summary>
    /// <param name="source">The job.</param>
    public void Open(IWorkSource source) => _open.Add(source, new CancellationTokenSource());

    /// <summary>Removes a job: nothing of it is tried again.</summary>
    /// <param name="source">The job.</param>
    public void Close(IWorkSource source)
    {
        if (_open.Remove(source, out var cancellation))
        {
            cancellation.Cancel();
            cancellation.Dispose();
            _due.Remove(source);
        }
    }

    /// <summary>Whether an item whose first try on this stream failed may be tried again at all.</summary>
    /// <param name="source">Its job.</param>
    /// <param name="error">The failure.</param>
    public bool Allows(IWorkSource source, ItemError error) =>
        source.WorkOrder.MaxRetries is > 0 and var maxRetries
        && policy.Allows(new TryOutcome.Failure(error), maxRetries, source.SpentOn(error.Index));

    /// <summary>Takes the next item that is due, for a worker.</summary>
    /// <param name="load">What the worker has.</param>
    /// <param name="mayHave">Whether it may have items of a job.</param>
    /// <param name="chunk">The item.</param>
    public bool TryTake(WorkerLoad load, Func<IWorkSource, bool> mayHave, [NotNullWhen(true)] out WorkChunk? chunk) =>
        _due.TryTake(load, mayHave, out chunk);

    /// <summary>Whether an item of a job is due.</summary>
    /// <param name="source">The job.</param>
    public bool IsDue(IWorkSource source) => _due.Has(other => other == source);

    /// <summary>Whether an item of any of some jobs is due.</summary>
    /// <param name="isWanted">Which jobs.</param>
    public bool IsAnyDue(Func<IWorkSource, bool> isWanted) => _due.Has(isWanted);

    /// <summary>Whether an item is due that must run alone.</summary>
    public bool IsAloneDue => _due.HasAlone;

    /// <summary>Takes back an item that was due and did not run.</summary>
    /// <param name="chunk">The item.</param>
    public void Return(WorkChunk chunk) => _due.Add(chunk);

    /// <summary>A try of an item failed: tries it again until it succeeds or its budget is spent, then answers it.</summary>
    /// <param name="item">The item.</param>
    /// <param name="failure">How the try ended.</param>
    public void Failed(WorkChunk item, TryOutcome failure)
    {
        var before = item.Source.SpentOn(item.FirstIndex);
        var after = before.After(failure);
        if (after != before)
        {
            item.Source.Charged(item.FirstIndex, after);
        }

        if (item.Rerun is { } rerun)
        {
            rerun.Outcome.SetResult(failure);
        }
        else if (_open.TryGetValue(item.Source, out var cancellation))
        {
            Begin(item, failure, before, cancellation.Token);
        }
    }

    /// <summary>
    /// An item comes that killed workers on earlier streams of its job: it runs alone from the start, and not at all if its
    /// budget is spent.
    /// </summary>
    /// <param name="item">The item.</param>
    /// <param name="spent">What it was charged with, one crash at least.</param>
    public void Resume(WorkChunk item, SpentTries spent)
    {
        if (_open.TryGetValue(item.Source, out var cancellation))
        {
            Begin(item, new TryOutcome.EarlierCrash(), spent with { Crashes = spent.Crashes - 1 }, cancellation.Token);
        }
    }

    private async void Begin(WorkChunk item, TryOutcome failure, SpentTries before, CancellationToken cancellation)
    {
        var source = item.Source;
        var crashes = new List<TryOutcome.Crash>();
        try
        {
            var (outcome, tries) = await policy.RunAsync(failure, source.WorkOrder.MaxRetries, before, RunAgain, cancellation);
            Note(outcome);
            post(() => Finish(item, outcome, tries, crashes));
        }
        catch (OperationCanceledException)
        {
            // The job is over; nobody waits for the item.
        }
        catch (Exception error)
        {
            post(() => source.Fail(ErrorReasons.InternalError, $"rerunning item {item.FirstIndex} failed: {error.Message}"));
        }

        void Note(TryOutcome ended)
        {
            if (ended is TryOutcome.Crash crash)
            {
                crashes.Add(crash);
            }
        }

        Task<TryOutcome> RunAgain(int attempt, TryOutcome last)
        {
            Note(last);
            var rerun = new Rerun(Alone: last is TryOutcome.Crash or TryOutcome.EarlierCrash or TryOutcome.Suspicion);
            post(() =>
            {
                if (_open.ContainsKey(source))
                {
                    _due.Add(item with { Attempt = attempt, Rerun = rerun });
                }
                else
                {
                    rerun.Outcome.SetCanceled();
                }
            });
            return rerun.Outcome.Task;
        }
    }

    private void Finish(WorkChunk item, TryOutcome outcome, int tries, IReadOnlyList<TryOutcome.Crash> crashes)
    {
        if (!_open.ContainsKey(item.Source))
        {
            return;
        }

        var (run, errors) = outcome switch
        {
            TryOutcome.Value value => (value.Run, (IReadOnlyList<ItemError>)[]),
            TryOutcome.Failure { Error: var error } => (ItemErrors.NoValue, [ItemErrors.After(error, tries)]),
            TryOutcome.Crash => (ItemErrors.NoValue, [ItemErrors.Crashed(item, crashes, tries)]),
            TryOutcome.EarlierCrash => (ItemErrors.NoValue, [ItemErrors.CrashedEarlier(item, tries)]),
            _ => throw new InvalidOperationException($"unknown outcome {outcome}"),
        };
        item.Source.Answered(item.FirstIndex, run, errors, item.Items.ByteCount);
    }
}
