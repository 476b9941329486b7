namespace WorkerPool.Wire.Tests;

/// <summary>How a run of a tool ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it printed on stdout.</param>
/// <param name="Error">What it printed on stderr.</param>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    /// <summary>What it printed on stdout, having succeeded.</summary>
    public string Sound()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Output}\n{Error}");
        return Output;
    }
}
