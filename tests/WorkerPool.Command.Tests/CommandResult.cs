namespace WorkerPool.Command.Tests;

/// <summary>What a run of the command came to.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Lines of stdout.</param>
/// <param name="Errors">Lines of stderr.</param>
public sealed record CommandResult(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors)
{
    /// <summary>Fails with all that was printed unless the exit code is as expected.</summary>
    public CommandResult ShouldEndWith(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode}, expected {exitCode}\n{this}");
        return this;
    }

    public override string ToString() => $"stdout:\n{string.Join('\n', Output)}\nstderr:\n{string.Join('\n', Errors)}";
}
