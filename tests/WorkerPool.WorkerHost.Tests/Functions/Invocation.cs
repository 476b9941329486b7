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
        string function, byte[] item, Encoding encoding, Encoding valueEncoding, long maxValueBytes = 1 << 20)
    {
        var results = new ResultBuffer(SessionLimits.Default, TimeProvider.System, _ => { });
        using var running = new RunningState(results, TimeProvider.System, _ => { });
        using var runner = new ItemRunner(running, maxValueBytes, TimeProvider.System);
        var builder = new PackedRunBuilder();
        builder.Add(item);
        var chunk = new ChunkReader(Catalogue()).Read(new Worker.V1.Chunk
        {
            Lease = 1,
            Job = 1,
            Function = function,
            FirstIndex = Index,
            Segments = { builder.Take().ToMessage() },
            Encoding = encoding,
            ValueEncoding = valueEncoding,
        });
        var error = chunk.Refusal ?? runner.Run(chunk, Index, item, TimeProvider.System.GetTimestamp());
        return error is null ? (runner.Value.ToArray(), null) : (null, error);
    }
}
