using WorkerPool.Client.Encodings;

namespace WorkerPool.Client.Mapping;

/// <summary>The sender for items of one type.</summary>
/// <param name="source">The items.</param>
/// <param name="encoderFor">Chooses how they are written, from the function, if known.</param>
internal sealed class ItemSender<TItem>(ItemSource<TItem> source, Func<FunctionInfo?, ItemEncoder<TItem>> encoderFor) : ItemSender
{
    private ItemEncoder<TItem>? _encoder;

    public override int? KnownCount => source.Count;

    public override V1.Encoding Prepare(FunctionInfo? function)
    {
        _encoder = encoderFor(function);
        return _encoder.Encoding;
    }

    public override async Task RunAsync(SendingEnds ends, CancellationToken cancellationToken)
    {
        try
        {
            var items = source.Open(cancellationToken);
            await using (items.ConfigureAwait(false))
            {
                await PullAsync(items, ends).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            SourceError = e;
        }
        finally
        {
            (_encoder as IDisposable)?.Dispose();
            ends.Outbox.EndInput();
        }
    }

    private async Task PullAsync(IAsyncEnumerator<TItem> items, SendingEnds ends)
    {
        var outbox = ends.Outbox;
        var reserved = 0;
        for (var index = 0UL; ; index++, reserved--)
        {
            if (reserved == 0)
            {
                reserved = await outbox.ReserveItemsAsync().ConfigureAwait(false);
            }

            if (outbox.IsClosed || !await items.MoveNextAsync().ConfigureAwait(false))
            {
                return;
            }

            if (EncodedItem.TryMake(_encoder!, items.Current, (long)index, ends.MaxItemBytes, out var bytes) is { } failure)
            {
                ends.Failures.TryWrite(new ReceivedRun(failure));
                if (ends.StopOnFailure)
                {
                    return;
                }
            }
            else if (!outbox.TryAdd(index, bytes.Span))
            {
                await outbox.AddAsync(index, bytes).ConfigureAwait(false);
            }
        }
    }
}
