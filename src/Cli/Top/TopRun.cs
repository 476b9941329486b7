using WorkerPool.Cli.Output;
using WorkerPool.Client;

namespace WorkerPool.Cli.Top;

/// <summary>Looks at a pool again and again, shows what it sees, and does what keys ask for.</summary>
/// <param name="admin">The pool.</param>
/// <param name="interval">From one look to the next.</param>
internal sealed class TopRun(PoolAdmin admin, TimeSpan interval)
{
    private const int MostJobs = 200;
    private const int MostEnded = 20;
    private static readonly TimeSpan KeyInterval = TimeSpan.FromMilliseconds(50);

    private readonly TopRates _rates = new();
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly long _startedAt = TimeProvider.System.GetTimestamp();
    private TopState _state = new();

    /// <summary>Shows one picture as text and is done.</summary>
    /// <param name="output">Takes the text.</param>
    /// <param name="width">Columns of the terminal; <c>null</c> where it is none.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task OnceAsync(Stream output, int? width, CancellationToken cancellation)
    {
        // A rate takes two looks.
        _rates.Add(await LookAsync(cancellation).ConfigureAwait(false));
        await Task.Delay(interval, _time, cancellation).ConfigureAwait(false);
        var sample = await LookAsync(cancellation).ConfigureAwait(false);
        _rates.Add(sample);
        var columns = width ?? 120;
        PlainText.Write(
            new TopView(_rates).Of(sample, _state, null, PlainText.Console(TextWriter.Null, columns), height: null, hasKeys: false), output, columns);
    }

    /// <summary>Shows pictures until a key ends it.</summary>
    /// <param name="screen">The terminal.</param>
    /// <param name="hasKeys">Whether keys can be read.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task ToEndAsync(TopScreen screen, bool hasKeys, CancellationToken cancellation)
    {
        var view = new TopView(_rates);
        while (true)
        {
            var sample = await LookAsync(cancellation).ConfigureAwait(false);
            _rates.Add(sample);
            var explanation = await ExplainAsync(sample, cancellation).ConfigureAwait(false);
            Show();
            for (var until = Now + interval; Now < until;)
            {
                if (!hasKeys || !Console.KeyAvailable)
                {
                    await Task.Delay(KeyInterval < interval ? KeyInterval : interval, _time, cancellation).ConfigureAwait(false);
                    continue;
                }

                var before = _state;
                (_state, var wish) = _state.Press(Console.ReadKey(intercept: true), _state.Sorted(sample.Jobs, _rates));
                if (wish == TopWish.Quit)
                {
                    return;
                }

                if (wish is TopWish.Cancel cancel)
                {
                    _state = _state with { Message = await CancelAsync(cancel.JobId, cancellation).ConfigureAwait(false) };
                }

                if (_state.IsExplaining && (_state.Chosen != before.Chosen || !before.IsExplaining))
                {
                    explanation = await ExplainAsync(sample, cancellation).ConfigureAwait(false);
                }

                Show();
            }

            void Show() => screen.Show(console => view.Of(sample, _state, explanation, console, TopScreen.Height, hasKeys));
        }
    }

    private TimeSpan Now => _time.GetElapsedTime(_startedAt);

    private async Task<TopSample> LookAsync(CancellationToken cancellation)
    {
        var pool = await admin.GetPoolAsync(cancellation).ConfigureAwait(false);
        var workers = await admin.ListWorkersAsync(cancellation).ConfigureAwait(false);
        var jobs = new List<JobStatus>();
        var ended = 0;
        await foreach (var job in admin.ListJobsAsync(new JobFilter { PageSize = MostJobs }, cancellation).ConfigureAwait(false))
        {
            if (job.State == JobState.Running || ++ended <= MostEnded)
            {
                jobs.Add(job);
            }

            if (jobs.Count == MostJobs)
            {
                break;
            }
        }

        return new TopSample(Now, pool, workers, jobs);
    }

    private async Task<JobExplanation?> ExplainAsync(TopSample sample, CancellationToken cancellation)
    {
        if (!_state.IsExplaining || sample.Jobs.All(job => job.Id != _state.Chosen))
        {
            return null;
        }

        try
        {
            return await admin.ExplainJobAsync(_state.Chosen, cancellation).ConfigureAwait(false);
        }
        catch (UnknownJobException)
        {
            return null;
        }
    }

    private async Task<string> CancelAsync(string id, CancellationToken cancellation)
    {
        try
        {
            await admin.CancelJobAsync(id, cancellation).ConfigureAwait(false);
            return $"{id} is cancelled.";
        }
        catch (WorkerPoolException error) when (error is UnknownJobException or AccessDeniedException)
        {
            return error.Message;
        }
    }
}
