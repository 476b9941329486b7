namespace WorkerPool.Client;

/// <summary>An item that took long.</summary>
/// <param name="Index">Its index in the job. Range: 0 and up.</param>
/// <param name="Worker">Name of its worker, such as <c>worker-2</c>.</param>
/// <param name="RanFor">How long it ran.</param>
public sealed record SlowItem(long Index, string Worker, TimeSpan RanFor)
{
    internal static SlowItem From(V1.SlowItem item) => new((long)item.Index, item.Worker, item.RanFor?.ToTimeSpan() ?? default);
}
