using WorkerPool.V1;
using WorkerPool.WorkerHost.Functions;

namespace WorkerPool.WorkerHost.Session;

/// <summary>Runs single items, one at a time. Whatever happens to one comes out as its error; nothing is thrown.</summary>
/// <param name="contexts">The contexts of items, with their cancellation and time limit.</param>
/// <param name="maxValueBytes">The largest value, in bytes.</param>
/// <param name="time">The clock.</param>
internal sealed class ItemRunner(ItemContexts contexts, long maxValueBytes, TimeProvider time) : IDisposable
{
    private readonly ValueBuffer _value = new();
    private HeldJob? _job;
    private FunctionCall? _call;

    /// <summary>The value of the last item, if it had no error.</summary>
    public ReadOnlySpan<byte> Value => _value.Written;

    /// <summary>Runs an item to its end.</summary>
    /// <param name="chunk">Its chunk.</param>
    /// <param name="index">Its index in the job.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="started">Timestamp of the clock at its start.</param>
    /// <returns>Its error, complete but for the index; <c>null</c> if there is a <see cref="Value"/>.</returns>
    public ItemError? Run(QueuedChunk chunk, ulong index, ReadOnlyMemory<byte> content, long started)
    {
        var function = chunk.Job.Function!;
        _value.Begin(content);
        var token = contexts.Begin(chunk, index, started, function.TakesToken || chunk.Job.ItemTimeout is not null);
        var error = Call(chunk, new Item(index, chunk.Job.Encoding, content), token, out var threw);
        return contexts.End()
            ? ItemErrors.Timeout(chunk.Job.ItemTimeout!.Value, time.GetElapsedTime(started), threw)
            : error;
    }

    /// <summary>The chunk has ended: its job's call is for others.</summary>
    public void EndChunk()
    {
        contexts.EndChunk();
        ReturnCall();
    }

    /// <inheritdoc/>
    public void Dispose() => _value.Dispose();

    private void ReturnCall()
    {
        if (_call is { } call)
        {
            _job!.Calls.Return(call);
        }

        (_job, _call) = (null, null);
    }

    private FunctionCall CallOf(HeldJob job)
    {
        if (_job != job)
        {
            ReturnCall();
            _job = job;
        }

        return _call ??= job.Calls.Take();
    }

    private ItemError? Call(
        QueuedChunk chunk, in Item item, CancellationToken token, out bool threw)
    {
        threw = false;
        FunctionCall call;
        try
        {
            call = CallOf(chunk.Job);
        }
        catch (ItemRefusedException refusal)
        {
            return ItemErrors.FromRefusal(refusal);
        }
        catch (Exception error)
        {
            return ItemErrors.FromEncoder(ExceptionText.Unwrapped(error));
        }

        try
        {
            call.Read(item);
            try
            {
                call.Invoke(maxValueBytes, token);
            }
            catch (Exception error) when (error is not ItemRefusedException)
            {
                threw = true;
                return ItemErrors.FromFunction(error);
            }

            return Write(chunk, call);
        }
        catch (ItemRefusedException refusal)
        {
            return ItemErrors.FromRefusal(refusal);
        }
        finally
        {
            call.Clear();
        }
    }

    private ItemError? Write(QueuedChunk chunk, FunctionCall call)
    {
        try
        {
            call.Write(chunk.Job.ValueEncoding, _value);
        }
        catch (Exception error) when (error is not ItemRefusedException)
        {
            return ItemErrors.FromEncoder(error);
        }

        return _value.Written.Length <= maxValueBytes
            ? null
            : ItemErrors.ValueTooLarge(_value.Written.Length, maxValueBytes);
    }
}
