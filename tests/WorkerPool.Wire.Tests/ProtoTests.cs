namespace WorkerPool.Wire.Tests;

/// <summary>The protos themselves.</summary>
public sealed class ProtoTests
{
    [Fact]
    public async Task The_protos_pass_the_linter() => Assert.Empty((await Tool.Buf.RunAsync("lint")).Sound());

    [Fact]
    public async Task The_protos_are_formatted() => Assert.Empty((await Tool.Buf.RunAsync("format", "--diff", "--exit-code")).Sound());
}
