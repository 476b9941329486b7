using System.Text.Json;
using WorkerPool.V1;

namespace WorkerPool.Functional.Tests;

/// <summary>What the service logs, and how.</summary>
public sealed class LogTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_json_each_line_is_an_object_with_its_event_and_values()
    {
        var settings = new Dictionary<string, string>
        {
            ["Logging__Console__FormatterName"] = "json",
            ["Logging__Console__FormatterOptions__TimestampFormat"] = "O",
            ["Listen__Grpc"] = "http://127.0.0.1:0",
        };
        await using var program = SupervisorProgram.Start(["--workers", "1"], settings);
        await program.Log.LineAsync("is ready after").WaitAsync(SupervisorProgram.Limit, Cancellation);
        Assert.Equal(0, await program.StopAsync());
        var events = program.Log.Lines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.All(events, each => Assert.True(each.TryGetProperty("Timestamp", out _)));
        var ready = Assert.Single(events, each => each.GetProperty("EventId").GetInt32() == 1001);
        Assert.Equal(("Information", "worker-1"), (ready.GetProperty("LogLevel").GetString(), ready.GetProperty("State").GetProperty("Worker").GetString()));
    }

    [Fact]
    public async Task What_a_function_prints_is_labelled_with_its_worker_and_job()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, [Libraries.User]);
        var map = await StreamedMap.RunAsync(supervisor.Client, new MapStart { Function = "print" }, ["\"hello\""]);
        Assert.Single(map.Results);
        await supervisor.Program.Log.LineAsync(@"\[worker-1, job-1\] .*hello").WaitAsync(SupervisorProgram.Limit, Cancellation);
    }

    [Fact]
    public async Task A_port_in_use_is_told_in_a_line_without_a_stack_trace()
    {
        await using var first = await RunningSupervisor.StartAsync(workers: 1);
        await using var second = SupervisorProgram.Start(["--listen", first.Address, "--workers", "1"]);
        Assert.Equal(3, await second.Ended.WaitAsync(SupervisorProgram.Limit, Cancellation));
        Assert.Contains(second.Log.Lines, line => line.Contains("is in use by another program", StringComparison.Ordinal));
        Assert.DoesNotContain(second.Log.Lines, line => line.Contains("   at ", StringComparison.Ordinal));
    }
}
