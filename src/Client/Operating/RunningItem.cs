namespace WorkerPool.Client;

/// <summary>An item that runs.</summary>
/// <param name="Index">Its index in the job. Range: 0 and up.</param>
/// <param name="Worker">Name of its worker, such as <c>worker-2</c>.</param>
/// <param name="RunningFor">How long it has run.</param>
/// <param name="Progress">The part of it that is done, as its function said last. Range: 0 to 1; <c>null</c>: it has not said.</param>
public sealed record RunningItem(long Index, string Worker, TimeSpan RunningFor, double? Progress)
{
    internal static RunningItem From(V1.ItemProgress item) =>
        new((long)item.Index, item.Worker, item.RunningFor?.ToTimeSpan() ?? default, item.HasProgress ? item.Progress : null);
}
