namespace WorkerPool.Client.Calls;

/// <summary>A single call on its way through a shared job.</summary>
/// <param name="item">The item's bytes, which stay as they are until there is an answer.</param>
internal sealed class SharedCall(ReadOnlyMemory<byte> item)
{
    private readonly TaskCompletionSource<ReadOnlyMemory<byte>> _value = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The item's bytes.</summary>
    public ReadOnlyMemory<byte> Item { get; } = item;

    /// <summary>The value's bytes, or the failure.</summary>
    public Task<ReadOnlyMemory<byte>> Value => _value.Task;

    /// <summary>Takes the answer.</summary>
    public void Answer(in Outcome<ReadOnlyMemory<byte>> outcome)
    {
        if (outcome.Error is { } error)
        {
            // The index of the item is the shared job's affair: its caller has sent one item.
            _value.TrySetException(new ItemFailedException(error, 0));
        }
        else
        {
            _value.TrySetResult(outcome.Value);
        }
    }

    /// <summary>There will be no answer.</summary>
    /// <param name="error">Why.</param>
    public void Fail(Exception error) => _value.TrySetException(error);
}
