using System.Threading.Channels;
using Grpc.Core;
using WorkerPool.Worker.V1;

namespace WorkerPool.WorkerHost.Tests.Session;

/// <summary>A request stream that a test writes.</summary>
internal sealed class RequestFeed : IAsyncStreamReader<SessionRequest>
{
    private readonly Channel<SessionRequest> _requests = Channel.CreateUnbounded<SessionRequest>();

    public SessionRequest Current { get; private set; } = new();

    public void Send(SessionRequest request) => _requests.Writer.TryWrite(request);

    public void End() => _requests.Writer.TryComplete();

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (!await _requests.Reader.WaitToReadAsync(cancellationToken))
        {
            return false;
        }

        Current = await _requests.Reader.ReadAsync(cancellationToken);
        return true;
    }
}
