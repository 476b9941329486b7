namespace WorkerPool.Client;

/// <summary>What became of one item: a value, or the reason why there is none.</summary>
/// <typeparam name="TResult">Type of the value.</typeparam>
public readonly struct Outcome<TResult>
{
    private readonly TResult _value;

    internal Outcome(long index, TResult value)
    {
        Index = index;
        _value = value;
    }

    internal Outcome(long index, ItemFailedException error)
    {
        Index = index;
        Error = error;
        _value = default!;
    }

    /// <summary>Index of the item in its job. Range: 0 and up.</summary>
    public long Index { get; }

    /// <summary>Why there is no value, or <c>null</c> if there is one.</summary>
    public ItemFailedException? Error { get; }

    /// <summary>Whether there is a value.</summary>
    public bool Succeeded => Error is null;

    /// <summary>The value.</summary>
    /// <exception cref="ItemFailedException">There is none: this is <see cref="Error"/>.</exception>
    public TResult Value => Error is null ? _value : throw Error;

    /// <summary>Index, and value or error.</summary>
    public override string ToString() => Error is null ? $"[{Index}] {_value}" : $"[{Index}] {Error.Reason}: {Error.Description}";
}
