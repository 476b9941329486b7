using System.Globalization;
using CsCheck;
using WorkerPool.Protocol.Packing;
using WorkerPool.Worker.V1;
using WorkerPool.WorkerHost.Tests.Hosting;

namespace WorkerPool.WorkerHost.Tests.Session;

/// <summary>Every item of a chunk is answered or handed back, once, whatever comes in between.</summary>
public class ExactlyOnceTests
{
    private static readonly Gen<Step> Steps = Gen.OneOf(
        Gen.Select(Gen.ULong[1, 3], Gen.Int[1, 40], Gen.Bool).Select((job, count, fails) => new Step(job, count, fails)),
        Gen.ULong[1, 3].Select(job => new Step(job, 0, false)),
        Gen.Select(Gen.ULong[1, 40], Gen.Int[-60, -2]).Select((lease, count) => new Step(lease, count, false)),
        Gen.ULong[1, 3].Select(job => new Step(job, -1, false)));

    [Fact]
    public Task Items_are_answered_or_handed_back_exactly_once() =>
        Steps.Array[1, 60].SampleAsync(CheckAsync, iter: 2000, threads: 2);

    private static async Task CheckAsync(Step[] steps)
    {
        await using var session = new SessionUnderTest();
        await session.OpenAsync();
        var counts = new Dictionary<ulong, int>();
        var lease = 0UL;
        var setUp = new Dictionary<ulong, ulong>();
        var lastJob = 0UL;
        foreach (var step in steps)
        {
            switch (step.Count)
            {
                case 0:
                    if (setUp.Remove(step.Job, out var cancelled))
                    {
                        session.Cancel(cancelled);
                    }

                    break;
                case < -1:
                    session.Reclaim(step.Job, (uint)-step.Count, unbegunOnly: step.Count % 3 == 0);
                    break;
                case < 0:
                    // Lets the runner come between two requests, or not.
                    await Task.Yield();
                    break;
                default:
                    if (!setUp.TryGetValue(step.Job, out var job))
                    {
                        // One that takes the place of one that is over has a number of its own.
                        setUp[step.Job] = job = ++lastJob;
                        session.SetUp(WorkerCall.Setup(job, "square"));
                    }

                    counts[++lease] = step.Count;
                    session.Send(ChunkOf(step, lease, job));
                    break;
            }
        }

        session.Shutdown();
        await session.EndedAsync();
        Check(counts, session.Responses.TakeAll());
    }

    private static void Check(Dictionary<ulong, int> counts, IEnumerable<SessionResponse> responses)
    {
        var answered = counts.Keys.ToDictionary(lease => lease, _ => 0);
        var closed = new HashSet<ulong>();
        foreach (var results in responses.SelectMany(r => r.Results?.Results.AsEnumerable() ?? []))
        {
            Assert.False(closed.Contains(results.Lease), "something follows the message that closed its chunk");
            Assert.True(PackedRun.TryRead(results.Values, out var run, out var problem), problem);

            // Values follow those sent before: the k-th is k's square, or an error at k.
            foreach (var value in run)
            {
                var index = answered[results.Lease]++;
                if (value.IsEmpty)
                {
                    Assert.Single(results.Errors, e => e.Index == (ulong)index);
                    continue;
                }

                var expected = ((long)index * index).ToString(CultureInfo.InvariantCulture);
                Assert.Equal(expected, System.Text.Encoding.UTF8.GetString(value.Span));
            }

            counts[results.Lease] -= (int)results.Returned;
            if (answered[results.Lease] == counts[results.Lease])
            {
                closed.Add(results.Lease);
            }
        }

        Assert.Equal(counts.Keys.Order(), closed.Order());
    }

    private static Chunk ChunkOf(Step step, ulong lease, ulong job)
    {
        var items = Enumerable.Range(0, step.Count)
            .Select(i => step.Fails && i % 3 == 1 ? "\"x\"" : i.ToString(CultureInfo.InvariantCulture));
        return WorkerCall.Chunk(lease, items, job);
    }

    /// <summary>A chunk of items, or (count 0) a cancelled job, or (-1) a pause, or (below) a reclaim from a lease.</summary>
    private sealed record Step(ulong Job, int Count, bool Fails);
}
