using Google.Protobuf;
using Grpc.Core;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Workers;

/// <summary>
/// The writing side of a session: what was added goes on its way with the next flush, chunks that wait together in one message.
/// </summary>
/// <remarks>
/// One message is written at a time. A flush writes on the thread that calls it, so that nobody has to be woken for it, unless there is
/// much to write; what is flushed while a write is under way follows that. Bounded by dispatch, which gives a worker no more than it is
/// hungry for. Safe for several threads.
/// </remarks>
/// <param name="stream">Where to.</param>
/// <param name="memory">Where large messages are laid; <c>null</c>: there is none.</param>
/// <param name="failed">Is told why, where a message could not be written though the session goes on.</param>
internal sealed class SessionWriter(IAsyncStreamWriter<SessionRequest> stream, SessionMemory? memory, Action<string> failed)
{
    private const int MaxMessageBytes = 1 << 20;

    // What takes longer to lay out than to wake another thread is not for one that others may be waiting for.
    private const int MaxBytesHere = 64 << 10;

    private readonly Lock _gate = new();
    private readonly Queue<IMessage> _waiting = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _waitingBytes;
    private bool _isWriting;
    private bool _isOver;

    /// <summary>Adds what is to be sent after what was added before.</summary>
    /// <param name="request">A <see cref="SessionRequest"/>, or <see cref="Chunks"/> or a <see cref="Chunk"/> that may go with others.</param>
    public void Add(IMessage request)
    {
        lock (_gate)
        {
            if (!_isOver)
            {
                _waiting.Enqueue(request);
                _waitingBytes += ByteCountOf(request);
            }
        }
    }

    /// <summary>What was added is on its way from now.</summary>
    public void Flush()
    {
        bool isHere;
        lock (_gate)
        {
            if (_isWriting || _waiting.Count == 0)
            {
                return;
            }

            _isWriting = true;
            isHere = _waitingBytes <= MaxBytesHere;
        }

        _ = isHere ? WriteAsync() : Task.Run(WriteAsync);
    }

    /// <summary>The session is over: what waits is not written any more.</summary>
    /// <returns>Completes when nothing is.</returns>
    public Task EndAsync()
    {
        lock (_gate)
        {
            End();
            return _isWriting ? _ended.Task : Task.CompletedTask;
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            while (Next(out var bytes) is { } request)
            {
                await stream.WriteAsync(memory?.Laid(request, bytes) ?? request);
            }

            return;
        }
        catch (Exception error) when (error is RpcException or InvalidOperationException or OperationCanceledException or IOException)
        {
            // The session is over: its reader reads what was sent to the end and says so. What was in flight goes back
            // with the worker's death.
        }
        catch (Exception error)
        {
            failed($"what it was to be sent could not be: {error.Message}");
        }

        lock (_gate)
        {
            End();
            _isWriting = false;
            _ended.TrySetResult();
        }
    }

    private void End()
    {
        _isOver = true;
        _waiting.Clear();
    }

    private SessionRequest? Next(out long bytes)
    {
        lock (_gate)
        {
            bytes = 0;
            if (_waiting.TryDequeue(out var first))
            {
                bytes = ByteCountOf(first);
                var request = first as SessionRequest ?? new SessionRequest { Chunks = Join(first, ref bytes) };
                _waitingBytes -= bytes;
                return request;
            }

            _isWriting = false;
            if (_isOver)
            {
                _ended.TrySetResult();
            }

            return null;
        }
    }

    // Chunks that wait together travel together, behind what the worker is to know before them.
    private Chunks Join(IMessage first, ref long bytes)
    {
        var chunks = first as Chunks ?? new Chunks { Chunks_ = { (Chunk)first } };
        while (bytes < MaxMessageBytes && _waiting.TryPeek(out var next) && next is not SessionRequest)
        {
            _waiting.Dequeue();
            bytes += ByteCountOf(next);
            if (next is Chunk chunk)
            {
                chunks.Chunks_.Add(chunk);
            }
            else if (next is Chunks more)
            {
                chunks.Setups.AddRange(more.Setups);
                chunks.Forgotten.AddRange(more.Forgotten);
            }
        }

        return chunks;
    }

    private static long ByteCountOf(IMessage message)
    {
        if (message is not Chunk chunk)
        {
            return message is SessionRequest { Shared: { } shared } ? shared.Data.Length : 0;
        }

        var bytes = 0L;
        for (var i = 0; i < chunk.Segments.Count; i++)
        {
            bytes += chunk.Segments[i].Data.Length;
        }

        return bytes;
    }
}
