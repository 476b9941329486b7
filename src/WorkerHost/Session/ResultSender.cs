using Grpc.Core;
using WorkerPool.Worker.V1;

namespace WorkerPool.WorkerHost.Session;

/// <summary>The only writer of the response stream: takes what has accumulated, in messages of bounded size.</summary>
/// <remarks>
/// It has no thread. Whoever has something written writes it, so that nobody has to be woken for it: a runner at the end of what it had to
/// do, the ticker. What comes while a write is under way is written after it, by a thread of the pool, never by a runner that has
/// chunks to run.
/// </remarks>
/// <param name="buffer">Where results accumulate.</param>
/// <param name="responses">The stream.</param>
/// <param name="memory">Where large messages are laid; <c>null</c>: there is none.</param>
/// <param name="limits">How results travel.</param>
/// <param name="ticksPerSecond">Frequency of the clock that timed the items.</param>
/// <param name="cancellation">Ends it at once.</param>
internal sealed class ResultSender(
    ResultBuffer buffer,
    IAsyncStreamWriter<SessionResponse> responses,
    SessionMemory? memory,
    SessionLimits limits,
    long ticksPerSecond,
    CancellationToken cancellation)
    : IThreadPoolWorkItem
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Flushes that are not attended to. Who makes it 1 writes; it is never 0 again once writing has ended.
    private int _flushes;

    /// <summary>There is something to write.</summary>
    /// <param name="here">Whether the calling thread may write it: it holds no lock.</param>
    public void Flush(bool here)
    {
        if (Interlocked.Increment(ref _flushes) != 1)
        {
            return;
        }

        if (here)
        {
            _ = WriteAsync();
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Writing, until the buffer is complete and empty.</summary>
    /// <returns>Fails with the fault that completed the buffer, after what was accumulated before it, or with what ended the stream.</returns>
    public async Task RunAsync()
    {
        // Whoever writes sees that it is cancelled; nobody may be writing.
        using var registration = cancellation.UnsafeRegister(static sender => ((ResultSender)sender!).Flush(here: false), this);
        await _ended.Task;
    }

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute() => _ = WriteAsync();

    // On a runner there may be a synchronization context that is the user's.
    private async Task WriteAsync()
    {
        try
        {
            int flushes;
            do
            {
                cancellation.ThrowIfCancellationRequested();
                flushes = Volatile.Read(ref _flushes);
                await WriteAccumulatedAsync().ConfigureAwait(false);
                if (buffer.IsComplete(out var fault) && Volatile.Read(ref _flushes) == flushes)
                {
                    End(fault);
                    return;
                }

                if (Interlocked.Add(ref _flushes, -flushes) == 0)
                {
                    return;
                }
            }
            while (Thread.CurrentThread.IsThreadPoolThread);
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
        catch (Exception error)
        {
            End(error);
        }
    }

    // What is flushed from now on finds that others write, for ever.
    private void End(Exception? fault)
    {
        if (fault is null)
        {
            _ended.TrySetResult();
        }
        else
        {
            _ended.TrySetException(fault);
        }
    }

    private async Task WriteAccumulatedAsync()
    {
        if (!buffer.TryTake(out var signs, out var entries))
        {
            return;
        }

        foreach (var sign in signs)
        {
            await responses.WriteAsync(sign, cancellation).ConfigureAwait(false);
        }

        var start = 0;
        while (start < entries.Count)
        {
            var end = start;
            var bytes = 0L;
            do
            {
                bytes += entries[end++].Bytes;
            }
            while (end < entries.Count && bytes + entries[end].Bytes <= limits.MessageBytes);

            var message = new ChunkResultsBatch();
            for (var i = start; i < end; i++)
            {
                message.Results.Add(entries[i].ToMessage(ticksPerSecond));
            }

            var response = new SessionResponse { Results = message };
            await responses.WriteAsync(memory?.Laid(response, bytes) ?? response, cancellation).ConfigureAwait(false);
            buffer.Written(entries.GetRange(start, end - start));
            start = end;
        }
    }
}
