namespace WorkerPool.Dashboard.Sampling;

/// <summary>The last values of something that is sampled, the oldest first. One thread; what it gives out does not change.</summary>
/// <param name="capacity">How many are kept. Range: 2 and up.</param>
internal sealed class Series(int capacity)
{
    private readonly Queue<double> _values = new(capacity);

    /// <summary>Adds a value.</summary>
    /// <param name="value">The value.</param>
    public void Add(double value)
    {
        if (_values.Count == capacity)
        {
            _values.Dequeue();
        }

        _values.Enqueue(double.IsFinite(value) ? value : 0);
    }

    /// <summary>Forgets them.</summary>
    public void Clear() => _values.Clear();

    /// <summary>The values as they are now.</summary>
    public double[] ToArray() => [.. _values];
}
