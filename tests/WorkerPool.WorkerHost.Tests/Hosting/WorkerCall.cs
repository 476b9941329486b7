using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using WorkerPool.Protocol;
using WorkerPool.Protocol.Packing;
using WorkerPool.V1;
using WorkerPool.Worker.V1;

namespace WorkerPool.WorkerHost.Tests.Hosting;

/// <summary>The Supervisor's end of a session.</summary>
internal sealed class WorkerCall(AsyncDuplexStreamingCall<SessionRequest, SessionResponse> call) : IDisposable
{
    public Hello Hello { get; private set; } = new();

    public AsyncDuplexStreamingCall<SessionRequest, SessionResponse> Stream => call;

    public async Task StartAsync(uint maxValueBytes)
    {
        await SendAsync(new SessionRequest
        {
            Start = new SessionStart
            {
                ProtocolVersion = WorkerProtocol.Version,
                WorkerName = "worker-7",
                Incarnation = 3,
                HeartbeatInterval = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(50)),
                MaxValueBytes = maxValueBytes,
            },
        });
        Assert.True(await call.ResponseStream.MoveNext());
        Hello = call.ResponseStream.Current.Hello;
    }

    public Task SendAsync(SessionRequest request) => call.RequestStream.WriteAsync(request);

    public Task SendChunkAsync(ulong lease, string function, IEnumerable<string> items, TimeSpan? timeout = null) =>
        SendAsync(new SessionRequest
        {
            Chunks = new Chunks { Setups = { Setup(lease, function, timeout) }, Chunks_ = { Chunk(lease, items) } },
        });

    /// <summary>The next message of a kind; heartbeats and others are passed over. <c>null</c> at the stream's end.</summary>
    public async Task<SessionResponse?> NextAsync(SessionResponse.EventOneofCase kind)
    {
        while (await call.ResponseStream.MoveNext())
        {
            if (call.ResponseStream.Current.EventCase == kind)
            {
                return call.ResponseStream.Current;
            }
        }

        return null;
    }

    /// <summary>Collects results until so many items are answered or handed back.</summary>
    public async Task<Answers> AnswersAsync(int count)
    {
        var answers = new Answers();
        while (answers.Values.Count + answers.Returned < count
            && await NextAsync(SessionResponse.EventOneofCase.Results) is { } message)
        {
            answers.Add(message.Results);
        }

        return answers;
    }

    public void Dispose() => call.Dispose();

    public static JobSetup Setup(ulong job, string function, TimeSpan? timeout = null) => new()
    {
        Job = job,
        Function = function,
        Encoding = Encoding.Json,
        ValueEncoding = Encoding.Json,
        ItemTimeout = timeout is { } limit ? Duration.FromTimeSpan(limit) : null,
    };

    /// <summary>A chunk of the job whose number is its lease, unless another is given.</summary>
    public static Chunk Chunk(ulong lease, IEnumerable<string> items, ulong? job = null)
    {
        var builder = new PackedRunBuilder();
        foreach (var item in items)
        {
            builder.Add(System.Text.Encoding.UTF8.GetBytes(item));
        }

        return new Chunk
        {
            Lease = lease,
            Job = job ?? lease,
            Segments = { builder.Take().ToMessage() },
            Attempt = 1,
        };
    }
}
