using WorkerPool.Processes;
using WorkerPool.Worker.V1;
using WorkerPool.WorkerHost.Functions;

namespace WorkerPool.WorkerHost.Session;

/// <summary>The runners of a worker: as many as its flight recorder has places.</summary>
internal sealed class Runners
{
    private readonly FunctionCatalogue _catalogue;
    private readonly ResultBuffer _results;
    private readonly IReadOnlyList<Runner> _runners;
    private readonly string _workerName;
    private int _running;

    /// <summary>Runners, not started.</summary>
    /// <param name="start">Who the worker is.</param>
    /// <param name="catalogue">The worker's functions.</param>
    /// <param name="queue">What to run.</param>
    /// <param name="results">Takes the results.</param>
    /// <param name="recorder">Where the running items are noted.</param>
    /// <param name="time">The clock.</param>
    /// <param name="wakeTickerBy">Has <see cref="CheckOverdue"/> called at a timestamp of the clock, or before.</param>
    public Runners(
        SessionStart start,
        FunctionCatalogue catalogue,
        ChunkQueue queue,
        ResultBuffer results,
        FlightRecorder recorder,
        TimeProvider time,
        Action<long> wakeTickerBy)
    {
        _catalogue = catalogue;
        _results = results;
        _workerName = start.WorkerName;
        _runners = [.. recorder.Runners.Select(record =>
        {
            var running = new RunningState(results, time, wakeTickerBy);
            var contexts = new ItemContexts(start.WorkerName, start.Incarnation, running, record.NoteProgress);
            var preparation = new Preparation(catalogue, running, contexts, start.ConstructorTimeout?.ToTimeSpan(), time);
            var items = new ItemRunner(contexts, start.MaxValueBytes, time);
            return new Runner(record, running, contexts, preparation, new ChunkRunner(queue, preparation, items, results, results.AddRunner(), record, time));
        })];
        _running = _runners.Count;
    }

    /// <summary>Starts a thread for each. When the queue ends, or a runner itself fails, the results are complete.</summary>
    /// <param name="initialize">Run on the thread of the first one, before it takes anything.</param>
    /// <returns>Completes when the last one has done its last, notes in the recorder included.</returns>
    public Task Start(Action<Preparation> initialize)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        for (var number = 1; number <= _runners.Count; number++)
        {
            var runner = _runners[number - 1];
            Action first = number == 1 ? () => initialize(runner.Preparation) : () => { };
            var name = _runners.Count == 1 ? $"{_workerName} runner" : $"{_workerName} runner {number}";
            new Thread(() => Run(runner, first, ended)) { IsBackground = true, Name = name }.Start();
        }

        return ended.Task;
    }

    /// <summary>Cancels the running items of a job.</summary>
    /// <param name="job">The job.</param>
    public void Cancel(ulong job)
    {
        foreach (var runner in _runners)
        {
            runner.Running.Cancel(job);
        }
    }

    /// <summary>Cancels all running items: the session is over.</summary>
    public void CancelWhatRuns()
    {
        foreach (var runner in _runners)
        {
            runner.Running.CancelWhatRuns();
        }
    }

    /// <summary>Cancels the running items that are over their time, and says so.</summary>
    /// <param name="now">Timestamp of the clock.</param>
    /// <returns>When to ask again; <see cref="long.MaxValue"/> for not until an item with a limit begins.</returns>
    public long CheckOverdue(long now)
    {
        var next = long.MaxValue;
        foreach (var runner in _runners)
        {
            next = Math.Min(next, runner.Running.CheckOverdue(now));
        }

        return next;
    }

    private void Run(Runner runner, Action initialize, TaskCompletionSource ended)
    {
        try
        {
            WorkerContext.Enter(runner.Contexts);
            runner.Record.NoteThread();
            initialize();
            runner.Chunks.Run();
            if (Interlocked.Decrement(ref _running) == 0)
            {
                // While the session is open: what is printed at the end is the worker's.
                _catalogue.DisposeObjects();
                _results.Complete();
                ended.SetResult();
            }
        }
        catch (Exception error)
        {
            _results.Complete(error);
            if (Interlocked.Decrement(ref _running) == 0)
            {
                ended.SetResult();
            }
        }
    }

    private sealed record Runner(
        RunnerRecord Record, RunningState Running, ItemContexts Contexts, Preparation Preparation, ChunkRunner Chunks);
}
