using System.Threading.Channels;
using Google.Protobuf;
using Grpc.Core;
using WorkerPool.Worker.V1;

namespace WorkerPool.WorkerHost.Tests.Session;

/// <summary>A response stream whose reader decides when a write completes.</summary>
internal sealed class FakeStream(bool holdWrites = false) : IAsyncStreamWriter<SessionResponse>, IDisposable
{
    private readonly Channel<SessionResponse> _written = Channel.CreateUnbounded<SessionResponse>();
    private readonly SemaphoreSlim _room = new(holdWrites ? 0 : int.MaxValue);

    public WriteOptions? WriteOptions { get; set; }

    public void Dispose() => _room.Dispose();

    /// <summary>Lets held writes complete.</summary>
    public void Release(int writes) => _room.Release(writes);

    public Task WriteAsync(SessionResponse message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(SessionResponse message, CancellationToken cancellationToken)
    {
        // As bytes: whoever wrote it uses its memory again.
        _written.Writer.TryWrite(SessionResponse.Parser.ParseFrom(message.ToByteArray()));
        await _room.WaitAsync(cancellationToken);
    }

    /// <summary>The next message, whether its write has completed or not.</summary>
    public async Task<SessionResponse> NextAsync() =>
        await _written.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    /// <summary>Whether nothing has been written that was not taken.</summary>
    public bool IsEmpty => _written.Reader.Count == 0;

    /// <summary>Everything that was written and not taken.</summary>
    public IEnumerable<SessionResponse> TakeAll()
    {
        while (_written.Reader.TryRead(out var message))
        {
            yield return message;
        }
    }
}
