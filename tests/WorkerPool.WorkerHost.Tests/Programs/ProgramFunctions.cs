using WorkerPool.Processes.Programs;
using WorkerPool.V1;
using WorkerPool.WorkerHost.Functions;
using WorkerPool.WorkerHost.Programs;
using WorkerPool.WorkerHost.Tests.Functions;

namespace WorkerPool.WorkerHost.Tests.Programs;

/// <summary>Programs as functions, run the way a worker does, without one.</summary>
internal static class ProgramFunctions
{
    public static WorkerFunction Of(ProgramOptions options, string name = "program")
    {
        var programs = ProgramDeclaration.Read([KeyValuePair.Create(name, options)], out var faults);
        Assert.Empty(faults);
        return ProgramFunction.Of(programs[0]);
    }

    /// <summary>The value as text, or the error.</summary>
    public static (string? Value, ItemError? Error) Run(ProgramOptions options, string item)
    {
        var (value, error) = Run(options, System.Text.Encoding.UTF8.GetBytes(item));
        return (value is null ? null : System.Text.Encoding.UTF8.GetString(value), error);
    }

    public static (byte[]? Value, ItemError? Error) Run(
        ProgramOptions options, byte[] item, Encoding encoding = Encoding.Json, Encoding valueEncoding = Encoding.Json, long maxValueBytes = 1 << 20) =>
        Invocation.Run(new FunctionCatalogue([Of(options)]), "program", item, encoding, valueEncoding, maxValueBytes);
}
