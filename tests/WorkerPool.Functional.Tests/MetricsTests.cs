using System.Diagnostics;
using System.Net;
using WorkerPool.V1;

namespace WorkerPool.Functional.Tests;

/// <summary>What a Supervisor tells of itself over HTTP.</summary>
public sealed class MetricsTests
{
    private const int Many = 10_000;
    private static readonly Dictionary<string, string> Settings = new() { ["Pool__SilenceLimit"] = "00:00:30" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accepted_items_are_answered_ones_and_a_killed_worker_is_a_restart()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 2, settings: Settings);
        var victim = await supervisor.WorkerProcessIdAsync(slot: 1);
        await supervisor.WorkerProcessIdAsync(slot: 2);
        await StreamedMap.RunAsync(supervisor.Client, new MapStart { Function = "square" }, Json.Range(Many));
        var before = await Scrape.OfAsync(supervisor.HttpAddress);
        Assert.Equal(Many, before.Sum("workerpool_items_accepted_total", "function=\"square\""));
        Assert.Equal(Many, before.Sum("workerpool_items_answered_total", "function=\"square\"", "outcome=\"succeeded\""));
        Assert.Equal(Many, before.Sum("workerpool_items_answered_total"));
        Assert.Equal(0, before.Sum("workerpool_worker_restarts_total"));
        Assert.InRange(before.Sum("workerpool_item_duration_seconds_count"), 1, Many);
        Assert.Equal(1, before.Sum("workerpool_job_duration_seconds_count"));
        Assert.True(before.Sum("workerpool_worker_time_seconds_total", "stage=\"run\"") > 0);
        Assert.Equal(2, before.Sum("workerpool_workers"));

        var isHit = false;
        var items = Enumerable.Repeat("0.002", 1000).ToList();
        await StreamedMap.RunAsync(supervisor.Client, new MapStart { Function = "sleep" }, items, _ =>
        {
            if (!isHit)
            {
                isHit = true;
                ProcessSignals.Send(victim, ProcessSignals.Kill);
            }
        });
        var after = await Scrape.OfAsync(supervisor.HttpAddress);
        Assert.Equal(1, after.Sum("workerpool_worker_restarts_total", "cause=\"signal\""));
        Assert.Equal(Many + items.Count, after.Sum("workerpool_items_answered_total", "outcome=\"succeeded\""));
        Assert.Equal(Many + items.Count, after.Sum("workerpool_items_accepted_total"));
    }

    [Fact]
    public async Task Neither_port_serves_what_belongs_to_the_other()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, settings: Settings);
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(HttpMethod.Get, supervisor.Address, "/metrics", HttpVersion.Version20));
        Assert.Equal(
            HttpStatusCode.NotFound,
            await StatusAsync(HttpMethod.Post, supervisor.HttpAddress, "/workerpool.v1.PoolService/ListFunctions", HttpVersion.Version11));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Get, supervisor.HttpAddress, "/metrics", HttpVersion.Version11));

        async Task<HttpStatusCode> StatusAsync(HttpMethod method, string address, string path, Version version)
        {
            using var request = new HttpRequestMessage(method, address + path)
            {
                Version = version,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            };
            using var response = await http.SendAsync(request, Cancellation);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task Turned_off_it_listens_for_grpc_alone()
    {
        var settings = new Dictionary<string, string> { ["Listen__Grpc"] = "http://127.0.0.1:0" };
        await using var program = SupervisorProgram.Start(["--http", "", "--workers", "1"], settings);
        await program.Log.LineAsync("Application started").WaitAsync(SupervisorProgram.Limit, Cancellation);
        Assert.Single(program.Log.Lines, line => line.Contains("Now listening on", StringComparison.Ordinal));
        Assert.Equal(0, await program.StopAsync());
    }

    [Fact]
    public async Task A_call_in_a_span_of_its_caller_is_served_whether_or_not_anybody_traces_it()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, settings: Settings);
        using var span = new Activity("caller").SetIdFormat(ActivityIdFormat.W3C).Start();
        var map = await StreamedMap.RunAsync(supervisor.Client, new MapStart { Function = "square" }, ["3"]);
        Assert.Equal("9", Assert.Single(map.Results).Value);
    }
}
