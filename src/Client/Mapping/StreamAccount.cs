using WorkerPool.Protocol.Packing;

namespace WorkerPool.Client.Mapping;

/// <summary>
/// What was sent, received and taken on the stream that is open, as the pool counts it: from the start of the stream.
/// Accounting only; its owner locks.
/// </summary>
/// <remarks>
/// The consumer takes results in the order they were received. So the first it takes after a break are those of the streams
/// before, which are acknowledged to nobody.
/// </remarks>
/// <param name="maxItems">The most items that may be sent and not acknowledged. Range: 1 and up.</param>
/// <param name="maxBytes">The most bytes of items that may be sent and not answered; one larger item passes alone.</param>
internal sealed class StreamAccount(long maxItems, long maxBytes)
{
    private long _itemsHeld;
    private long _bytesHeld;
    private long _received;
    private long _receivedBytes;
    private long _taken;
    private long _takenBytes;
    private long _olderResults;
    private long _olderBytes;

    /// <summary>Whether results were taken and the pool has not been told.</summary>
    public bool IsAcknowledgementDue { get; private set; }

    /// <summary>What the pool is to be told of the results taken.</summary>
    public V1.Acknowledgement Acknowledge()
    {
        IsAcknowledgementDue = false;
        return new V1.Acknowledgement { Results = (ulong)_taken, ValueBytes = (ulong)_takenBytes };
    }

    /// <summary>How many items of a run may be sent now.</summary>
    public int CountThatFits(PackedRun run)
    {
        var items = maxItems - _itemsHeld;
        var bytes = maxBytes - _bytesHeld;
        if (run.Count <= items && run.Data.Length <= bytes)
        {
            return run.Count;
        }

        var count = run.CountWithin(bytes, (int)Math.Clamp(items, 0, run.Count), out _);
        return count == 0 && items > 0 && _bytesHeld == 0 ? 1 : count;
    }

    /// <summary>A batch is sent.</summary>
    public void Sent(SentBatch batch)
    {
        _itemsHeld += batch.Run.Count;
        _bytesHeld += batch.Bytes;
    }

    /// <summary>Results came.</summary>
    /// <param name="count">How many.</param>
    /// <param name="valueBytes">Bytes of their values.</param>
    /// <param name="releasedBytes">Bytes of items that are thereby answered.</param>
    public void Received(int count, long valueBytes, long releasedBytes)
    {
        _received += count;
        _receivedBytes += valueBytes;
        _bytesHeld -= releasedBytes;
    }

    /// <summary>The consumer has taken results.</summary>
    /// <param name="count">How many.</param>
    /// <param name="valueBytes">Bytes of their values.</param>
    public void Taken(long count, long valueBytes)
    {
        var older = Math.Min(count, _olderResults);
        var olderBytes = Math.Min(valueBytes, _olderBytes);
        _olderResults -= older;
        _olderBytes -= olderBytes;
        _taken += count - older;
        _takenBytes += valueBytes - olderBytes;
        _itemsHeld -= count - older;
        IsAcknowledgementDue |= count > older;
    }

    /// <summary>The account of the next stream: what was received and not taken is acknowledged to nobody.</summary>
    /// <param name="nextMaxItems">Its window in items.</param>
    /// <param name="nextMaxBytes">Its window in bytes.</param>
    public StreamAccount Next(long nextMaxItems, long nextMaxBytes) => new(nextMaxItems, nextMaxBytes)
    {
        _olderResults = _olderResults + _received - _taken,
        _olderBytes = _olderBytes + _receivedBytes - _takenBytes,
    };
}
