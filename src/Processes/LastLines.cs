namespace WorkerPool.Processes;

/// <summary>The last lines of a worker's stderr. Safe for several threads.</summary>
internal sealed class LastLines
{
    // The trace of a stack that overflowed ends with the frames of the worker; what overflowed is to be among the lines.
    private const int Capacity = 40;
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
