namespace WorkerPool.Supervisor.Jobs;

/// <summary>
/// Which stream of each job is the newest. A newer one fences the older; one that is not newer is refused, for a while also
/// after the newest has ended, since streams of a broken connection may arrive late. Pure; one thread.
/// </summary>
/// <param name="capacity">How many ended ones are remembered. Range: 1 and up.</param>
/// <param name="age">How long one is remembered.</param>
internal sealed class JobGenerations<TJob>(int capacity, TimeSpan age)
    where TJob : class
{
    private readonly Dictionary<string, (uint Generation, TJob? Job)> _newest = [];
    private readonly Queue<(string Key, uint Generation, TimeSpan EndedAt)> _ended = new();

    /// <summary>Keys that are remembered.</summary>
    public int Count => _newest.Count;

    /// <summary>Whether a stream may be opened.</summary>
    /// <param name="key">Key of its job; empty for one that has no other.</param>
    /// <param name="generation">Which it is.</param>
    /// <param name="now">When, on any one clock that does not go back.</param>
    /// <param name="known">The newest so far; 0 when there was none.</param>
    /// <param name="open">What is open of that one; <c>null</c> when nothing is.</param>
    public bool MayOpen(string key, uint generation, TimeSpan now, out uint known, out TJob? open)
    {
        Forget(now);
        (known, open) = _newest.GetValueOrDefault(key);
        return generation > known;
    }

    /// <summary>A stream was opened.</summary>
    /// <param name="key">Key of its job.</param>
    /// <param name="generation">Which it is.</param>
    /// <param name="job">What is open.</param>
    public void Opened(string key, uint generation, TJob job)
    {
        if (key.Length > 0)
        {
            _newest[key] = (generation, job);
        }
    }

    /// <summary>A stream has ended.</summary>
    /// <param name="key">Key of its job.</param>
    /// <param name="generation">Which it is.</param>
    /// <param name="now">When, on the same clock.</param>
    public void Ended(string key, uint generation, TimeSpan now)
    {
        if (_newest.TryGetValue(key, out var newest) && newest.Generation == generation)
        {
            _newest[key] = (generation, null);
            _ended.Enqueue((key, generation, now));
            Forget(now);
        }
    }

    private void Forget(TimeSpan now)
    {
        while (_ended.TryPeek(out var oldest) && (_ended.Count > capacity || now - oldest.EndedAt > age))
        {
            _ended.Dequeue();
            if (_newest.TryGetValue(oldest.Key, out var newest) && newest.Generation == oldest.Generation && newest.Job is null)
            {
                _newest.Remove(oldest.Key);
            }
        }
    }
}
