namespace WorkerPool.WorkerHost.Session;

/// <summary>How results travel. Sizes are in bytes.</summary>
/// <param name="MessageBytes">Results in one message; a single larger value passes alone.</param>
/// <param name="FlushBytes">Results that are written without waiting for more.</param>
/// <param name="UnwrittenBytes">Results that may wait for the Supervisor to read before the runner pauses.</param>
/// <param name="QuickItem">For a result of an item that takes less, nobody looks how long the others have waited: the ticker does.</param>
internal sealed record SessionLimits(int MessageBytes, int FlushBytes, int UnwrittenBytes, TimeSpan QuickItem)
{
    /// <summary>1 MiB, 256 KiB, 4 MiB, 200 µs.</summary>
    public static SessionLimits Default { get; } = new(1 << 20, 256 << 10, 4 << 20, TimeSpan.FromMicroseconds(200));
}
