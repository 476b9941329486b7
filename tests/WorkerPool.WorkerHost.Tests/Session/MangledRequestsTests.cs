using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using WorkerPool.TestSupport;
using WorkerPool.Worker.V1;
using WorkerPool.WorkerHost.BuiltIns;
using WorkerPool.WorkerHost.Functions;
using WorkerPool.WorkerHost.Session;
using WorkerPool.WorkerHost.Tests.Hosting;

namespace WorkerPool.WorkerHost.Tests.Session;

/// <summary>Whatever bytes come to a worker: it takes them or refuses them, and says why; its session ends, and nothing else.</summary>
public sealed class MangledRequestsTests
{
    private const int Cases = 20_000;
    private const int SessionCases = 400;
    private const int SessionCost = 50;
    private const ulong Jobs = 3;

    private static readonly FunctionCatalogue Catalogue = new(FunctionLibrary.Find(BuiltInFunctions.Types, "the tests"));

    [Fact]
    public void Jobs_and_chunks_are_taken_or_refused_with_a_reason()
    {
        var (taken, refused) = (0, 0);
        FuzzRun.Run(Cases, chance =>
        {
            var mangler = new Mangler(chance);
            var jobs = new HeldJobs(Catalogue);
            var reader = new ChunkReader(jobs);
            foreach (var request in Requests(chance))
            {
                if (!TryMangle(mangler, request, out var mangled) || mangled.Chunks is not { } chunks)
                {
                    continue;
                }

                try
                {
                    foreach (var setup in chunks.Setups)
                    {
                        jobs.SetUp(setup);
                    }

                    foreach (var chunk in chunks.Chunks_)
                    {
                        var read = reader.Read(chunk);
                        Assert.Equal(chunk.Segments.Sum(segment => segment.ItemCount), read.Count);
                        taken++;
                    }
                }
                catch (RpcException refusal)
                {
                    Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
                    refused++;
                }
            }
        });
        Assert.True(taken > 0 && refused > 0, $"{taken} chunks taken, {refused} messages refused");
    }

    [Fact]
    public void A_session_ends_and_answers_nothing_twice()
    {
        FuzzRun.Run(SessionCases, chance => SessionAsync(chance).GetAwaiter().GetResult(), SessionCost);
    }

    private static async Task SessionAsync(Random chance)
    {
        var mangler = new Mangler(chance);
        await using var session = new SessionUnderTest();
        await session.OpenAsync();
        var counts = new Dictionary<ulong, long>();
        foreach (var request in Requests(chance))
        {
            // What cannot be parsed ends the stream, as here.
            if (!TryMangle(mangler, request, out var mangled))
            {
                break;
            }

            session.Requests.Send(mangled);
            foreach (var chunk in mangled.Chunks?.Chunks_ ?? [])
            {
                counts[chunk.Lease] = counts.GetValueOrDefault(chunk.Lease) + chunk.Segments.Sum(segment => segment.ItemCount);
            }
        }

        session.Shutdown();
        session.Requests.End();
        try
        {
            await session.EndedAsync();
        }
        catch (RpcException)
        {
            // Refused, with a reason.
        }

        foreach (var results in session.Responses.TakeAll().SelectMany(response => response.Results?.Results.AsEnumerable() ?? []))
        {
            counts[results.Lease] -= (results.Values?.ItemCount ?? 0) + results.Returned;
            Assert.True(counts[results.Lease] >= 0, $"more items of the chunk with lease {results.Lease} were answered than it has");
        }
    }

    private static bool TryMangle(Mangler mangler, (SessionRequest Request, bool IsMangled) request, out SessionRequest mangled)
    {
        var bytes = request.Request.ToByteArray();
        try
        {
            mangled = SessionRequest.Parser.ParseFrom(request.IsMangled ? mangler.Mangle(bytes) : bytes);
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            mangled = new SessionRequest();
            return false;
        }
    }

    // What a sound Supervisor could send, and which of it comes to harm.
    private static IEnumerable<(SessionRequest Request, bool IsMangled)> Requests(Random chance)
    {
        var lease = 0ul;
        for (var job = 1ul; job <= Jobs; job++)
        {
            var setup = WorkerCall.Setup(job, chance.Next(8) == 0 ? "sqare" : "square");
            if (chance.Next(2) == 0)
            {
                setup.ItemTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(chance.Next(1, 100)));
            }

            yield return (new SessionRequest { Chunks = new Chunks { Setups = { setup } } }, chance.Next(4) == 0);
            for (var chunks = chance.Next(1, 4); chunks > 0; chunks--)
            {
                var items = Enumerable.Range(0, chance.Next(1, 6)).Select(i => $"{i}");
                yield return (new SessionRequest { Chunks = new Chunks { Chunks_ = { WorkerCall.Chunk(++lease, items, job) } } }, chance.Next(3) == 0);
            }

            yield return (
                chance.Next(4) switch
                {
                    0 => new SessionRequest { Cancel = new CancelJob { Job = job } },
                    1 => new SessionRequest { Chunks = new Chunks { Forgotten = { job } } },
                    2 => new SessionRequest { Shared = new SharedData { Job = job, Data = ByteString.CopyFromUtf8("data") } },
                    _ => new SessionRequest { Reclaim = new Reclaim { Lease = lease, Count = (uint)chance.Next(1, 5) } },
                },
                chance.Next(3) == 0);
        }
    }
}
