using System.CommandLine;

namespace WorkerPool.Cli.Commands;

/// <summary><c>--raw</c>, of the commands that write values.</summary>
internal static class RawOption
{
    /// <summary>The option.</summary>
    public static Option<bool> Make() => new("--raw")
    {
        Description = "Write a value that is a string as the text that it is, not as JSON. Other values stay JSON.",
    };
}
