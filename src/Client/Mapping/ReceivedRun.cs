using WorkerPool.Protocol.Packing;

namespace WorkerPool.Client.Mapping;

/// <summary>What the consumer is to be given next: a run of results from the pool, or a failure of this side.</summary>
internal readonly struct ReceivedRun
{
    /// <summary>Results from the pool, whose contract has been checked.</summary>
    public ReceivedRun(ulong first, PackedRun values, IReadOnlyList<V1.ItemError> errors)
    {
        First = first;
        Values = values;
        Errors = errors;
    }

    /// <summary>An item that was never sent.</summary>
    public ReceivedRun(ItemFailedException localFailure)
    {
        LocalFailure = localFailure;
        Errors = [];
    }

    public ulong First { get; }

    public PackedRun Values { get; }

    /// <summary>Errors among the results, rising by index.</summary>
    public IReadOnlyList<V1.ItemError> Errors { get; }

    public ItemFailedException? LocalFailure { get; }
}
