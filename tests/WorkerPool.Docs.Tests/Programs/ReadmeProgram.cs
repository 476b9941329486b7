using WorkerPool.Docs.Tests.Pages;

namespace WorkerPool.Docs.Tests.Programs;

/// <summary>The README's program does what the README says.</summary>
public sealed class ReadmeProgram
{
    [Fact]
    public async Task The_program_maps_its_own_method_over_a_million_items()
    {
        var run = await BuiltPrograms.RunAsync("Readme.dll");
        Assert.Equal(15, SourceRegions.All["samples/Readme/Program.cs"].Split('\n').Length);
        Assert.True(run is { ExitCode: 0, Output: ["The longest way to 1 has 524 steps."], Errors: [] }, run.ToString());
    }
}
