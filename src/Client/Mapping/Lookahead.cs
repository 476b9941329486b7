namespace WorkerPool.Client.Mapping;

/// <summary>How much of a job is worth laying ready before answers come: no more than both.</summary>
/// <param name="Items">Items that are not answered.</param>
/// <param name="Bytes">Their bytes.</param>
internal readonly record struct Lookahead(long Items, long Bytes)
{
    /// <summary>All that the window allows.</summary>
    public static Lookahead Unlimited { get; } = new(long.MaxValue, long.MaxValue);

    /// <summary>What a pool told.</summary>
    /// <param name="told">Its message.</param>
    /// <exception cref="PoolProtocolException">It is nothing at all.</exception>
    public static Lookahead Of(V1.Lookahead told) => told is { Items: > 0, Bytes: > 0 }
        ? new Lookahead(JobWindow.Clamp(told.Items), JobWindow.Clamp(told.Bytes))
        : throw JobStream.Violation("it would have nothing sent before answers come");
}
