using WorkerPool.Protocol.Packing;
using WorkerPool.V1;
using WorkerPool.WorkerHost.BuiltIns;
using WorkerPool.WorkerHost.Functions;
using WorkerPool.WorkerHost.Session;

namespace WorkerPool.WorkerHost.Tests.Functions;

/// <summary>Runs one item of a function the way a worker does, without one.</summary>
internal static class Invocation
{
    public const ulong Index = 3;

    public static FunctionCatalogue Catalogue() => new(
        FunctionLibrary.Find([typeof(SampleMethods), .. BuiltInFunctions.Types], "tests"));

    /// <summary>The value as text, or the error.</summary>
    public static (string? Value, ItemError? Error) Run(
        string function, string item, Encoding encoding = Encoding.Json, Encoding valueEncoding = Encoding.Json)
    {
        var (value, error) = Run(function, System.Text.Encoding.UTF8.GetBytes(item), encoding, valueEncoding);
        return (value is null ? null : System.Text.Encoding.UTF8.GetString(value), error);
    }

    public static (byte[]? Value, ItemError? Error) Run(
        string function, byte[] item, Encoding encoding, Encoding valueEncoding, long maxValueBytes = 1 << 20) =>
        Run(Catalogue(), function, item, encoding, valueEncoding, maxValueBytes);

    public static (byte[]? Value, ItemError? Error) Run(
        FunctionCatalogue catalogue, string function, byte[] item, Encoding encoding, Encoding valueEncoding, long maxValueBytes)
    {
        using var running = Running();
        using var runner = new ItemRunner(new ItemContexts("worker-1", 1, running, _ => { }), maxValueBytes, TimeProvider.System);
        var chunk = Chunk(catalogue, function, item, encoding, valueEncoding);
        var error = chunk.Job.Refusal ?? runner.Run(chunk, Index, item, TimeProvider.System.GetTimestamp());
        return error is null ? (runner.Value.ToArray(), null) : (null, error);
    }

    /// <summary>Bytes allocated by running a JSON item so many times, once it has been run before.</summary>
    public static long AllocatedBytes(string function, string item, int times, TimeSpan? timeout)
    {
        using var running = Running();
        using var runner = new ItemRunner(new ItemContexts("worker-1", 1, running, _ => { }), 1 << 20, TimeProvider.System);
        var content = System.Text.Encoding.UTF8.GetBytes(item);
        var chunk = Chunk(Catalogue(), function, content, Encoding.Json, Encoding.Json, timeout);
        Repeat(100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Repeat(times);
        return GC.GetAllocatedBytesForCurrentThread() - before;

        void Repeat(int count)
        {
            for (var i = 0; i < count; i++)
            {
                Assert.Null(runner.Run(chunk, Index, content, TimeProvider.System.GetTimestamp()));
            }
        }
    }

    private static RunningState Running() => new(
        new ResultBuffer(SessionLimits.Default, TimeProvider.System, _ => { }, _ => { }), TimeProvider.System, _ => { });

    private static QueuedChunk Chunk(
        FunctionCatalogue catalogue, string function, byte[] item, Encoding encoding, Encoding valueEncoding, TimeSpan? timeout = null)
    {
        var builder = new PackedRunBuilder();
        builder.Add(item);
        var jobs = new HeldJobs(catalogue);
        jobs.SetUp(new Worker.V1.JobSetup
        {
            Job = 1,
            Function = function,
            Encoding = encoding,
            ValueEncoding = valueEncoding,
            ItemTimeout = timeout is { } limit ? Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(limit) : null,
        });
        var chunk = new ChunkReader(jobs).Read(new Worker.V1.Chunk
        {
            Lease = 1,
            Job = 1,
            FirstIndex = Index,
            Segments = { builder.Take().ToMessage() },
        });
        Assert.True(chunk.TryStart());
        return chunk;
    }
}
