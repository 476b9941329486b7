namespace WorkerPool.Client;

/// <summary>What a function did since the pool's start.</summary>
/// <param name="Name">Its name; <c>other</c> for those beyond the first hundred that ran.</param>
/// <param name="Succeeded">Items answered with a value. Range: 0 and up.</param>
/// <param name="Failed">Items answered with an error. Range: 0 and up.</param>
/// <param name="ItemTimes">How long its items took to run; <c>null</c> before the first answer.</param>
public sealed record FunctionStatus(string Name, long Succeeded, long Failed, ItemTimes? ItemTimes)
{
    internal static FunctionStatus From(V1.FunctionStatus function) =>
        new(function.Name, (long)function.Succeeded, (long)function.Failed, ItemTimes.From(function.ItemTimes));
}
