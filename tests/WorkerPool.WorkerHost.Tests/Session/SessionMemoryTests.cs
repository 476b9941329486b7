using Google.Protobuf;
using Grpc.Core;
using WorkerPool.Processes.Memory;
using WorkerPool.Protocol.Errors;
using WorkerPool.Worker.V1;
using WorkerPool.WorkerHost.Tests.Hosting;

namespace WorkerPool.WorkerHost.Tests.Session;

/// <summary>Messages that lie in memory of the Supervisor's.</summary>
public sealed class SessionMemoryTests : IDisposable
{
    private static readonly string Large = $"\"{new string('x', 100_000)}\"";

    private readonly MessageMemory _memory = MessageMemory.TryCreate()!;

    public void Dispose() => _memory.Dispose();

    [Fact]
    public async Task Large_items_are_read_from_it_and_large_values_written_into_it()
    {
        await using var session = new SessionUnderTest();
        Assert.True(await OpenAsync(session, _memory.Path));
        session.SetUp(WorkerCall.Setup(1, "echo"));
        session.Requests.Send(Laid(new SessionRequest { Chunks = new Chunks { Chunks_ = { WorkerCall.Chunk(1, [Large, "7"]) } } }));

        var answers = new Answers();
        var isLaid = false;
        while (answers.Values.Count < 2)
        {
            var response = await session.Responses.NextAsync();
            if (response.InMemory is { } range)
            {
                isLaid = true;
                response = _memory.In.Read(range.Position, range.Length, static bytes => SessionResponse.Parser.ParseFrom(bytes));
            }

            if (response.Results is { } results)
            {
                answers.Add(results);
            }
        }

        Assert.Equal([Large, "7"], answers.Values);
        Assert.True(isLaid);
    }

    [Fact]
    public async Task Values_for_which_there_is_no_room_go_the_other_way()
    {
        await using var session = new SessionUnderTest();
        Assert.True(await OpenAsync(session, _memory.Path));
        session.SetUp(WorkerCall.Setup(1, "echo"));

        // Nobody reads what is laid in the memory.
        var size = 0L;
        for (var lease = 1UL; size <= MessageMemory.RingBytes; lease++)
        {
            session.Send(WorkerCall.Chunk(lease, Enumerable.Repeat(Large, 5), job: 1));
            var response = await session.Responses.NextAsync();
            size += response.InMemory?.Length ?? 0;
            if (response.Results is not null)
            {
                Assert.All(ValuesOf(response.Results), value => Assert.Equal(Large, value));
                return;
            }
        }

        Assert.Fail($"{size} bytes were laid in {MessageMemory.RingBytes}.");
    }

    [Fact]
    public async Task Memory_that_cannot_be_mapped_is_done_without()
    {
        await using var session = new SessionUnderTest();
        Assert.False(await OpenAsync(session, "/proc/0/fd/0"));
        session.SendJob(1, "echo", Large);
        Assert.Equal(Large, Assert.Single((await session.AnswersAsync(1)).Values));
    }

    [Theory]
    [InlineData(ulong.MaxValue, 2u)]
    [InlineData(0ul, 200u)]
    public async Task A_message_that_is_not_where_it_is_said_to_be_ends_the_session_by_name(ulong position, uint length)
    {
        await using var session = new SessionUnderTest();
        Assert.True(await OpenAsync(session, _memory.Path));
        Assert.True(_memory.Out.TryWrite(0, 200, static (_, target) => target.Fill(0xff), out _));
        session.Requests.Send(new SessionRequest { InMemory = new MemoryRange { Position = position, Length = length } });
        var error = await Assert.ThrowsAsync<RpcException>(session.EndedAsync);
        Assert.Equal((StatusCode.InvalidArgument, ErrorReasons.InvalidArgument), (error.StatusCode, RpcErrors.InfoOf(error)!.Reason));
        Assert.Contains("no message where one is said to be", error.Status.Detail, StringComparison.Ordinal);
    }

    private static List<string> ValuesOf(ChunkResultsBatch batch)
    {
        var answers = new Answers();
        answers.Add(batch);
        return answers.Values;
    }

    private static async Task<bool> OpenAsync(SessionUnderTest session, string path)
    {
        var start = SessionUnderTest.Start();
        start.Memory = new MemoryOffer { Path = path };
        session.Requests.Send(new SessionRequest { Start = start });
        session.Run();
        return (await session.Responses.NextAsync()).Hello.HasMemory;
    }

    private SessionRequest Laid(SessionRequest request)
    {
        var size = request.CalculateSize();
        Assert.True(_memory.Out.TryWrite(request, size, static (message, target) => message.WriteTo(target), out var position));
        return new SessionRequest { InMemory = new MemoryRange { Position = position, Length = (uint)size } };
    }
}
