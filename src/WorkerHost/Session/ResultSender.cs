using Grpc.Core;
using WorkerPool.Worker.V1;

namespace WorkerPool.WorkerHost.Session;

/// <summary>The only writer of the response stream: takes what has accumulated, in messages of bounded size.</summary>
/// <param name="buffer">Where results accumulate.</param>
/// <param name="limits">How results travel.</param>
/// <param name="ticksPerSecond">Frequency of the clock that timed the items.</param>
internal sealed class ResultSender(ResultBuffer buffer, SessionLimits limits, long ticksPerSecond)
{
    /// <summary>Writes until the buffer is complete and empty.</summary>
    /// <param name="responses">The stream.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    public async Task RunAsync(IAsyncStreamWriter<SessionResponse> responses, CancellationToken cancellationToken)
    {
        // A fault that completed the buffer is thrown here, after what was accumulated before it.
        while (await buffer.Flushes.WaitToReadAsync(cancellationToken))
        {
            buffer.Flushes.TryRead(out _);
            await WriteAllAsync(responses, cancellationToken);
        }

        await WriteAllAsync(responses, cancellationToken);
    }

    private async Task WriteAllAsync(IAsyncStreamWriter<SessionResponse> responses, CancellationToken cancellationToken)
    {
        while (buffer.TryTake(out var signs, out var entries))
        {
            foreach (var sign in signs)
            {
                await responses.WriteAsync(sign, cancellationToken);
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

                await responses.WriteAsync(new SessionResponse { Results = message }, cancellationToken);
                buffer.Written(entries.GetRange(start, end - start));
                start = end;
            }
        }
    }
}
