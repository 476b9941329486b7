using WorkerPool.Processes;

namespace WorkerPool.Supervisor.Workers;

/// <summary>The ends of the workers of a slot, the last of them. Safe for several threads.</summary>
internal sealed class WorkerEnds
{
    private const int Capacity = 20;
    private readonly Lock _lock = new();
    private readonly LinkedList<EndedWorker> _ends = new();

    /// <summary>Keeps one.</summary>
    /// <param name="end">The end.</param>
    public void Add(EndedWorker end)
    {
        lock (_lock)
        {
            _ends.AddFirst(end);
            if (_ends.Count > Capacity)
            {
                _ends.RemoveLast();
            }
        }
    }

    /// <summary>Those that are kept, the last first.</summary>
    public IReadOnlyList<EndedWorker> ToList()
    {
        lock (_lock)
        {
            return [.. _ends];
        }
    }
}

/// <summary>A worker that ended.</summary>
/// <param name="Time">When.</param>
/// <param name="Incarnation">Which process of its slot it was.</param>
/// <param name="HasDied">Whether it was not to end.</param>
/// <param name="Certificate">What is known of its end.</param>
internal sealed record EndedWorker(DateTimeOffset Time, ulong Incarnation, bool HasDied, DeathCertificate Certificate);
