using Microsoft.Extensions.Time.Testing;
using WorkerPool.Processes;
using WorkerPool.Supervisor.Launching;

namespace WorkerPool.Supervisor.Tests.Launching;

/// <summary>What is kept of what user code prints.</summary>
public sealed class LastOutputTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void The_last_hundred_lines_of_each_worker_are_kept()
    {
        var output = new LastOutput(_time);
        for (var i = 1; i <= 150; i++)
        {
            output.Add(new WorkerOutputLine("worker-1", IsError: false, $"line {i}"));
        }

        output.Add(new WorkerOutputLine("worker-2", IsError: true, "alone"));
        Assert.Equal(Enumerable.Range(51, 100).Select(i => $"line {i}"), output.Of("worker-1").Select(line => line.Text));
        Assert.True(Assert.Single(output.Of("worker-2")).IsError);
        Assert.Empty(output.Of("worker-3"));
    }

    [Fact]
    public void A_long_line_is_cut_short()
    {
        var output = new LastOutput(_time);
        output.Add(new WorkerOutputLine("worker-1", IsError: false, new string('x', 10_000)));
        Assert.Equal(new string('x', 499) + "…", Assert.Single(output.Of("worker-1")).Text);
    }
}
