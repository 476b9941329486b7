using WorkerPool.Cli.Output;

namespace WorkerPool.Cli.Tests;

public sealed class StatusLineTests
{
    [Fact]
    public void Off_a_terminal_auto_shows_no_progress()
    {
        using var writer = new StringWriter();
        using var status = new StatusLine(writer, isTerminal: false, sharesTerminal: false);
        status.Start(ProgressMode.Auto, _ => "half way");
        status.WriteLine("a line");
        status.Stop();
        Assert.Equal("a line\n", writer.ToString());
    }

    [Fact]
    public void Always_ends_with_the_last_state()
    {
        using var writer = new StringWriter();
        using var status = new StatusLine(writer, isTerminal: false, sharesTerminal: false);
        status.Start(ProgressMode.Always, _ => "half way");
        status.Stop();
        status.Stop();
        Assert.Equal("half way\n", writer.ToString());
    }
}
