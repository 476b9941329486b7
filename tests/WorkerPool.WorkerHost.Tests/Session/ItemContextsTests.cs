using Microsoft.Extensions.Time.Testing;
using WorkerPool.Protocol.Packing;
using WorkerPool.V1;
using WorkerPool.Worker.V1;
using WorkerPool.WorkerHost.Session;
using WorkerPool.WorkerHost.Tests.Functions;

namespace WorkerPool.WorkerHost.Tests.Session;

public sealed class ItemContextsTests : IDisposable
{
    private readonly RunningState _running;
    private readonly ItemContexts _contexts;

    public ItemContextsTests()
    {
        var time = new FakeTimeProvider();
        var results = new ResultBuffer(SessionLimits.Default, time, _ => { }, _ => { });
        _running = new RunningState(results, time, _ => { });
        _contexts = new ItemContexts("worker-1", 1, _running, _ => { });
    }

    public void Dispose() => _running.Dispose();

    [Fact]
    public void Each_item_that_asks_has_a_context_of_its_own_until_its_end()
    {
        var chunk = Chunk(3);
        var seen = new List<WorkerContext>();
        for (var index = 0UL; index < 3; index++)
        {
            Begin(chunk, index);
            Assert.Same(_contexts.Current, _contexts.Current);
            seen.Add(_contexts.Current);
            Assert.False(_contexts.End());
        }

        Assert.Equal([0L, 1L, 2L], seen.Select(context => context.Index));
        _contexts.EndChunk();
        Assert.Null(_contexts.Current.Index);
    }

    [Fact]
    public async Task What_earlier_items_left_running_may_ask_at_any_moment_and_no_item_has_the_context_of_another()
    {
        const int Count = 300_000;
        var isOver = false;
        var asking = Task.Run(
            () =>
            {
                var asked = 0;
                while (!Volatile.Read(ref isOver))
                {
                    asked += _contexts.Current.Index is { } index ? index >= 0 ? 1 : 0 : 1;
                }

                return asked;
            },
            TestContext.Current.CancellationToken);
        var chunk = Chunk(Count);
        for (var index = 0UL; index < Count; index++)
        {
            Begin(chunk, index);

            // Most do not ask, and are begun and ended without a lock.
            if (index % 4 == 0)
            {
                Assert.Equal((long)index, _contexts.Current.Index);
            }

            _contexts.End();
        }

        _contexts.EndChunk();
        Volatile.Write(ref isOver, true);
        Assert.True(await asking > 0);
    }

    private void Begin(QueuedChunk chunk, ulong index)
    {
        Assert.True(chunk.TryStart());
        Assert.Equal(CancellationToken.None, _contexts.Begin(chunk, index, 0, isCancellable: false));
    }

    private static QueuedChunk Chunk(int count)
    {
        var jobs = new HeldJobs(Invocation.Catalogue());
        jobs.SetUp(new JobSetup { Job = 1, Function = "square", Encoding = Encoding.Json, ValueEncoding = Encoding.Json });
        return new ChunkReader(jobs).Read(
            new Chunk { Lease = 1, Job = 1, Segments = { PackedRun.Create(new uint[count], default).ToMessage() } });
    }
}
