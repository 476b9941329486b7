using System.Diagnostics;
using WorkerPool.Cli.Output;
using WorkerPool.Client;

namespace WorkerPool.Cli.Running;

/// <summary>Takes the outcomes of a map as they come, writes them and says how far it has come.</summary>
internal sealed class MapRun(StatusLine status, ResultWriter writer)
{
    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private long _done;
    private long _failed;

    /// <summary>Goes through all outcomes.</summary>
    /// <param name="outcomes">The outcomes.</param>
    /// <param name="total">How many there will be, where that is known.</param>
    /// <param name="mode">Whether progress is shown.</param>
    /// <param name="isReconnecting">Whether the pool is out of reach just now.</param>
    /// <param name="items">Knows how far the running items are; started where that is shown.</param>
    /// <param name="cancellationToken">Ends the map.</param>
    public async Task ToEndAsync(
        IAsyncEnumerable<Outcome<JsonText>> outcomes,
        long? total,
        ProgressMode mode,
        Func<bool> isReconnecting,
        ItemWatch items,
        CancellationToken cancellationToken)
    {
        var isShown = status.Start(mode, width => ProgressText.Format(
            Volatile.Read(ref _done), Volatile.Read(ref _failed), total, Stopwatch.GetElapsedTime(_startedAt), width, isReconnecting(), items.Latest,
            items.Workers, items.Died));
        if (isShown)
        {
            items.Start();
        }

        try
        {
            var results = outcomes.GetAsyncEnumerator(cancellationToken);
            await using (results.ConfigureAwait(false))
            {
                while (true)
                {
                    var next = results.MoveNextAsync();
                    if (!next.IsCompletedSuccessfully)
                    {
                        // Nothing more is at hand, or ever: whoever reads should have what there is.
                        status.Around(writer.Flush);
                    }

                    if (!await next.ConfigureAwait(false))
                    {
                        break;
                    }

                    Take(results.Current);
                }
            }

            status.Around(writer.Flush);
        }
        finally
        {
            items.End();
            status.Stop();
        }
    }

    private void Take(Outcome<JsonText> outcome)
    {
        Volatile.Write(ref _done, _done + 1);
        if (outcome.Error is { } error)
        {
            Volatile.Write(ref _failed, _failed + 1);
            status.WriteLine(Messages.ForItem(error));
        }

        writer.Write(outcome);
    }
}
