using System.Diagnostics.CodeAnalysis;

namespace WorkerPool.Supervisor.Jobs;

/// <summary>
/// Lets results go as far as the client's window allows: no more bytes of values than were acknowledged plus the
/// window; a value larger than the window goes alone. Pure; one thread.
/// </summary>
/// <param name="windowBytes">The window in bytes.</param>
internal sealed class OutputGate(long windowBytes)
{
    private readonly LinkedList<ResultRun> _waiting = new();
    private long _sentBytes;
    private long _acknowledgedBytes;

    /// <summary>Bytes that wait.</summary>
    public long ByteCount { get; private set; }

    /// <summary>Results that wait.</summary>
    public long Count { get; private set; }

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>Results that were let go.</summary>
    public ulong SentCount { get; private set; }

    /// <summary>Bytes that were let go.</summary>
    public long SentBytes => _sentBytes;

    /// <summary>Bytes that the client has not taken, let go or not.</summary>
    public long UnreadBytes => _sentBytes - _acknowledgedBytes + ByteCount;

    /// <summary>Adds results.</summary>
    /// <param name="run">The results.</param>
    public void Add(ResultRun run)
    {
        _waiting.AddLast(run);
        ByteCount += run.ByteCount;
        Count += run.Count;
    }

    /// <summary>Takes note of what the client has taken.</summary>
    /// <param name="bytes">Bytes since the start.</param>
    public void Acknowledge(long bytes) => _acknowledgedBytes = Math.Max(_acknowledgedBytes, bytes);

    /// <summary>Lets the next results go, as many as there is room for.</summary>
    /// <param name="run">The results.</param>
    public bool TryTake([NotNullWhen(true)] out ResultRun? run)
    {
        run = null;
        if (_waiting.First is not { } node)
        {
            return false;
        }

        run = node.Value;
        var room = _acknowledgedBytes + windowBytes - _sentBytes;
        if (run.ByteCount > room)
        {
            var count = run.Values.CountWithin(room, run.Count, out _);
            if (count == 0 && _sentBytes == _acknowledgedBytes)
            {
                count = 1;
            }

            if (count == 0)
            {
                run = null;
                return false;
            }

            run = run.Split(count, out var rest);
            if (rest.Count > 0)
            {
                _waiting.AddAfter(node, rest);
            }
        }

        _waiting.RemoveFirst();
        ByteCount -= run.ByteCount;
        Count -= run.Count;
        _sentBytes += run.ByteCount;
        SentCount += (ulong)run.Count;
        return true;
    }
}
