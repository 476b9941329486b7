namespace WorkerPool.Supervisor.Jobs;

/// <summary>
/// What a job may hold: items sent and not acknowledged as taken, and bytes of items not answered. Pure; one thread.
/// </summary>
/// <param name="maxItems">The window in items.</param>
/// <param name="maxBytes">The window in bytes.</param>
internal sealed class InputWindow(long maxItems, long maxBytes)
{
    private long _acceptedItems;
    private long _acknowledgedItems;

    /// <summary>Items in the window.</summary>
    public long Items => _acceptedItems - _acknowledgedItems;

    /// <summary>Results that the client has taken.</summary>
    public long AcknowledgedItems => _acknowledgedItems;

    /// <summary>Bytes in the window.</summary>
    public long Bytes { get; private set; }

    /// <summary>Takes items in, if they fit. A batch finds room in bytes when nothing else is there.</summary>
    /// <param name="count">How many.</param>
    /// <param name="bytes">Their bytes.</param>
    /// <param name="problem">What is exceeded, when they do not fit.</param>
    public bool TryAccept(int count, long bytes, [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out string? problem)
    {
        problem = null;
        if (Items + count > maxItems)
        {
            problem = $"{Items} items were sent and not acknowledged, {count} more exceed the window of {maxItems} items";
        }
        else if (Bytes > 0 && Bytes + bytes > maxBytes)
        {
            problem = $"{Bytes} bytes of items are not answered, {bytes} more exceed the window of {maxBytes} bytes";
        }

        if (problem is not null)
        {
            return false;
        }

        _acceptedItems += count;
        Bytes += bytes;
        return true;
    }

    /// <summary>Frees the bytes of items that have been answered.</summary>
    /// <param name="bytes">Their bytes.</param>
    public void Answered(long bytes) => Bytes -= bytes;

    /// <summary>Takes note of how many results the client has taken.</summary>
    /// <param name="results">Results since the start.</param>
    public void Acknowledge(long results) => _acknowledgedItems = Math.Max(_acknowledgedItems, results);
}
