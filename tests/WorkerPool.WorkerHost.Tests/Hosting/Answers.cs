using WorkerPool.Protocol.Packing;
using WorkerPool.V1;
using WorkerPool.Worker.V1;

namespace WorkerPool.WorkerHost.Tests.Hosting;

/// <summary>What has come back of some chunks.</summary>
internal sealed class Answers
{
    public List<string> Values { get; } = [];

    public List<ItemError> Errors { get; } = [];

    public int Returned { get; private set; }

    public void Add(ChunkResultsBatch batch)
    {
        foreach (var results in batch.Results)
        {
            Assert.True(PackedRun.TryRead(results.Values, out var run, out var problem), problem);
            foreach (var value in run)
            {
                Values.Add(System.Text.Encoding.UTF8.GetString(value.Span));
            }

            Errors.AddRange(results.Errors);
            Returned += (int)results.Returned;
        }
    }
}
