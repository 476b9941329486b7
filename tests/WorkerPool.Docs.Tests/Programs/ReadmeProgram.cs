namespace WorkerPool.Docs.Tests.Programs;

/// <summary>The README's program does what the README says.</summary>
public sealed class ReadmeProgram
{
    [Fact]
    public async Task The_program_shouts_each_item_in_order()
    {
        var run = await BuiltPrograms.RunAsync("Readme.dll");
        Assert.True(run is { ExitCode: 0, Output: ["ONE!", "TWO!", "THREE!"], Errors: [] }, run.ToString());
    }
}
