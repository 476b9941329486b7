using WorkerPool.V1;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>One item, as it came.</summary>
/// <param name="Index">Its index in the job.</param>
/// <param name="Encoding">How its bytes are to be read.</param>
/// <param name="Content">Its bytes, over memory that lives as long as its chunk.</param>
internal readonly record struct Item(ulong Index, Encoding Encoding, ReadOnlyMemory<byte> Content)
{
    /// <summary>What it is, for people, where it is no item but is read like one. Default: an item.</summary>
    public string? Label { get; init; }

    /// <summary>What it is, for people, such as "item 3".</summary>
    public string Name => Label ?? $"item {Index}";
}
