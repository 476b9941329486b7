namespace WorkerPool.Processes;

/// <summary>The last lines of a worker's stderr. Safe for several threads.</summary>
internal sealed class LastLines
{
    private const int Capacity = 20;
    private readonly Queue<string> _lines = new(Capacity);

    public void Add(string line)
    {
        lock (_lines)
        {
            if (_lines.Count == Capacity)
            {
                _lines.Dequeue();
            }

            _lines.Enqueue(line);
        }
    }

    public IReadOnlyList<string> ToList()
    {
        lock (_lines)
        {
            return [.. _lines];
        }
    }
}
