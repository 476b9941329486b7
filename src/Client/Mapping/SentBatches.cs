namespace WorkerPool.Client.Mapping;

/// <summary>
/// The batches that were sent and are not wholly answered, rising by index. Knows of every index whether an answer to
/// it is due. Accounting only; its owner locks.
/// </summary>
internal sealed class SentBatches
{
    // Below this many, batches that are done are not worth tidying away.
    private const int TidyFrom = 16;

    private readonly List<SentBatch> _batches = [];
    private int _done;

    /// <summary>Items sent since the start.</summary>
    public ulong SentCount { get; private set; }

    /// <summary>Items without an answer.</summary>
    public long Unanswered { get; private set; }

    /// <summary>Bytes of the batches that are not wholly answered.</summary>
    public long UnreleasedBytes { get; private set; }

    /// <summary>Adds a batch; its indexes are above all before.</summary>
    public void Add(SentBatch batch)
    {
        _batches.Add(batch);
        SentCount += (ulong)batch.Unanswered;
        Unanswered += batch.Unanswered;
        UnreleasedBytes += batch.Bytes;
    }

    /// <summary>What is not answered, as batches that were not sent, rising by index.</summary>
    public IEnumerable<SentBatch> UnansweredParts() => _batches.SelectMany(batch => batch.UnansweredParts());

    /// <summary>Notes the answers to a run of indexes.</summary>
    /// <param name="first">Index of the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="releasedBytes">Bytes of the batches that are now wholly answered.</param>
    /// <returns>What is wrong with these answers, or <c>null</c>.</returns>
    public string? Answer(ulong first, int count, out long releasedBytes)
    {
        releasedBytes = 0;
        var at = Find(first);
        while (count > 0)
        {
            if (at >= _batches.Count || first < _batches[at].First || first >= _batches[at].End)
            {
                return $"index {first} was answered, which was answered before or never sent";
            }

            var batch = _batches[at++];
            var here = (int)Math.Min((ulong)count, batch.End - first);
            if (!batch.TryAnswer((int)(first - batch.First), here))
            {
                return $"one of the indexes {first} to {first + (ulong)here - 1} was answered twice";
            }

            Unanswered -= here;
            first += (ulong)here;
            count -= here;
            if (batch.Unanswered == 0)
            {
                releasedBytes += batch.Bytes;
                UnreleasedBytes -= batch.Bytes;
                _done++;
            }
        }

        Tidy();
        return null;
    }

    // Position of the batch an index is in, or of the one after it.
    private int Find(ulong index)
    {
        int low = 0, high = _batches.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_batches[middle].End <= index)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    // Unordered, the oldest batch may stay for hours while others come and go behind it: those must not pile up.
    private void Tidy()
    {
        if (_done >= TidyFrom && _done * 2 > _batches.Count)
        {
            _batches.RemoveAll(batch => batch.Unanswered == 0);
            _done = 0;
        }
    }
}
