using System.Net;
using System.Text.Json;
using WorkerPool.V1;
using Encoding = System.Text.Encoding;

namespace WorkerPool.Functional.Tests;

/// <summary>The API as HTTP with JSON.</summary>
/// <param name="shared">The Supervisor.</param>
public sealed class HttpApiTests(SharedSupervisor shared) : IClassFixture<SharedSupervisor>, IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri(shared.Running.HttpAddress) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task A_map_is_a_result_a_line_and_then_its_summary()
    {
        using var response = await PostAsync("/v1/map", """{"function":"square","items":[3,"x",5]}""");
        Assert.Equal((HttpStatusCode.OK, "application/x-ndjson"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        var lines = (await response.Content.ReadAsStringAsync(Cancellation)).TrimEnd('\n').Split('\n').Select(Parse).ToList();
        Assert.Equal(4, lines.Count);
        Assert.Equal("""{"index":"0","value":9}""", lines[0].GetProperty("result").GetRawText());
        Assert.Equal("ITEM_TYPE_MISMATCH", lines[1].GetProperty("result").GetProperty("error").GetProperty("reason").GetString());
        Assert.Equal("""{"index":"2","value":25}""", lines[2].GetProperty("result").GetRawText());
        Assert.Equal("""{"accepted":"3","succeeded":"2","failed":"1","cancelled":"0"}""", lines[3].GetProperty("summary").GetProperty("ledger").GetRawText());
    }

    [Fact]
    public async Task A_result_comes_while_later_items_run()
    {
        using var gate = new TemporaryFile();
        using var response = await PostAsync("/v1/map", $$"""{"function":"wait_for","items":["",{{gate.Item}}]}""");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));
        Assert.Equal("""{"result":{"index":"0","value":""}}""", await reader.ReadLineAsync(Cancellation));
        gate.Make();
        Assert.Contains("\"index\":\"1\"", await reader.ReadLineAsync(Cancellation), StringComparison.Ordinal);
        Assert.Contains("summary", await reader.ReadLineAsync(Cancellation), StringComparison.Ordinal);
        Assert.Null(await reader.ReadLineAsync(Cancellation));
    }

    [Fact]
    public async Task A_caller_that_leaves_ends_its_job()
    {
        using var gate = new TemporaryFile();
        var response = await PostAsync("/v1/map", $$$"""{"function":"wait_for","items":["",{{{gate.Item}}}],"options":{"label":"left"}}""");
        response.Dispose();
        await Eventually.AskAsync(() => JobAsync(shared.Running, "left"), job => job.State == JobState.Cancelled);
    }

    [Fact]
    public async Task A_reader_that_stops_pauses_its_job_and_then_gets_every_result()
    {
        // A window of values is sent, one waits to be, and the machine's buffers hold some.
        const int Count = 2000;
        const int Length = 100_000;
        await using var supervisor = await RunningSupervisor.StartAsync(
            workers: 2, [Libraries.User], new Dictionary<string, string>
            {
                ["Pool__WindowBytes"] = "4194304",
                ["Pool__MaxItemBytes"] = "1048576",
                ["Pool__MaxValueBytes"] = "1048576",
            });
        var items = string.Join(',', Enumerable.Repeat(Length, Count));
        using var response = await PostAsync(
            supervisor.HttpAddress + "/v1/map", $$$"""{"function":"text_of_length","items":[{{{items}}}],"options":{"label":"slow","chunkSize":4}}""");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));
        Assert.NotNull(await reader.ReadLineAsync(Cancellation));
        var paused = await Eventually.AskAsync(
            () => JobAsync(supervisor, "slow"), job => job.Times.AwaitingReader.ToTimeSpan() > TimeSpan.FromMilliseconds(300));
        Assert.InRange(paused.Ledger.Succeeded, 1ul, Count / 4ul);

        var lines = 1;
        var last = "";
        while (await reader.ReadLineAsync(Cancellation) is { } line)
        {
            (lines, last) = (lines + 1, line);
        }

        Assert.Equal(Count + 1, lines);
        Assert.Equal($"{Count}", Parse(last).GetProperty("summary").GetProperty("ledger").GetProperty("succeeded").GetString());
    }

    [Fact]
    public async Task A_map_that_breaks_off_ends_with_a_status()
    {
        using var gate = new TemporaryFile();
        using var response = await PostAsync("/v1/map", $$$"""{"function":"wait_for","items":["",{{{gate.Item}}}],"options":{"label":"broken off"}}""");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));
        Assert.Contains("result", await reader.ReadLineAsync(Cancellation), StringComparison.Ordinal);
        var job = await JobAsync(shared.Running, "broken off");
        using var cancelled = await PostAsync($"/v1/jobs/{job.Id}:cancel", "");
        Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
        var status = Parse((await reader.ReadLineAsync(Cancellation))!);
        Assert.Equal(1, status.GetProperty("code").GetInt32());
        Assert.Equal("JOB_CANCELLED", status.GetProperty("details")[0].GetProperty("reason").GetString());
        Assert.Null(await reader.ReadLineAsync(Cancellation));
    }

    [Theory]
    [InlineData("POST", "/v1/map", """{"function":"sqare","items":[1]}""", 404, "UNKNOWN_FUNCTION", "Did you mean \"square\"?")]
    [InlineData("POST", "/v1/map", """{"function":"square","itms":[1]}""", 400, "INVALID_ARGUMENT", "The body is no MapRequest: Unknown field: itms.")]
    [InlineData("POST", "/v1/map", """{"function":"square","items":[1""", 400, "INVALID_ARGUMENT", "The body is not JSON: ")]
    [InlineData("POST", "/v1/map", """{"function":7}""", 400, "INVALID_ARGUMENT", "The body is no MapRequest: ")]
    [InlineData("POST", "/v1/map", """[1]""", 400, "INVALID_ARGUMENT", "The body is no MapRequest: ")]
    [InlineData("POST", "/v1/map", "", 400, "INVALID_ARGUMENT", "function is empty")]
    [InlineData("POST", "/v1/map", """{"function":"square","options":{"chunkSize":-1}}""", 400, "INVALID_ARGUMENT", "chunk_size is -1")]
    [InlineData("POST", "/v1/map?function=square", "{}", 400, "INVALID_ARGUMENT", "Map has no parameter \"function\"; expected none in the query.")]
    [InlineData("GET", "/v1/jobs?pagesize=1", "", 400, "INVALID_ARGUMENT", "expected state, label, pageSize, pageToken.")]
    [InlineData("GET", "/v1/jobs?pageSize=one", "", 400, "INVALID_ARGUMENT", "The query is no ListJobsRequest: ")]
    [InlineData("GET", "/v1/jobs?pageSize=1&page_size=2", "", 400, "INVALID_ARGUMENT", "is given more than once")]
    [InlineData("GET", "/v1/jobs?state=RUNNING", "", 400, "INVALID_ARGUMENT", "The query is no ListJobsRequest: ")]
    [InlineData("GET", "/v1/jobs/job-999", "", 404, "UNKNOWN_JOB", "There is no job \"job-999\"")]
    [InlineData("POST", "/v1/workers/worker-99:recycle", "", 404, "UNKNOWN_WORKER", "worker-99")]
    [InlineData("GET", "/v1/map", "", 405, "UNKNOWN_PATH", "/v1/map is served for POST, not for GET.")]
    [InlineData("GET", "/v1/nothing", "", 404, "UNKNOWN_PATH", "/openapi.json")]
    public async Task What_is_wrong_is_said_in_a_status(string verb, string path, string body, int status, string reason, string message)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), path);
        if (verb == "POST")
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var response = await _http.SendAsync(request, Cancellation);
        var error = Parse(await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal((status, "application/json"), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Contains(message, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        var info = error.GetProperty("details")[0];
        Assert.Equal(("workerpool", reason), (info.GetProperty("domain").GetString(), info.GetProperty("reason").GetString()));
        if (status == 405)
        {
            Assert.Equal(["POST"], response.Content.Headers.Allow);
        }
    }

    [Fact]
    public async Task A_form_of_a_page_is_not_taken_for_a_request()
    {
        using var response = await _http.PostAsync("/v1/pool:drain", new StringContent("{}", Encoding.UTF8, "text/plain"), Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("expected application/json", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused()
    {
        var body = $$"""{"function":"square","items":["{{new string('x', 66 << 20)}}"]}""";
        using var handler = new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) };
        using var patient = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Post, shared.Running.HttpAddress + "/v1/map")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };

        // As curl does: the answer may come before the body, and ends it.
        request.Headers.ExpectContinue = true;
        using var response = await patient.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Contains("REQUEST_TOO_LARGE", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_drained_pool_says_when_to_come_again()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1);
        using var drained = await PostAsync(supervisor.HttpAddress + "/v1/pool:drain", "");
        Assert.Equal(HttpStatusCode.OK, drained.StatusCode);
        using var response = await PostAsync(supervisor.HttpAddress + "/v1/apply", """{"function":"square","value":2}""");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("POOL_DRAINING", text, StringComparison.Ordinal);
        Assert.Contains("retryDelay", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_port_for_gRPC_does_not_serve_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, shared.Running.Address + "/v1/pool")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var response = await _http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static async Task<JobStatus> JobAsync(RunningSupervisor supervisor, string label) =>
        (await supervisor.Jobs.ListJobsAsync(new ListJobsRequest { Label = label }, cancellationToken: Cancellation)).Jobs.Single();

    private static JsonElement Parse(string text) => JsonDocument.Parse(text).RootElement;

    private Task<HttpResponseMessage> PostAsync(string path, string body) => _http.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") },
        HttpCompletionOption.ResponseHeadersRead,
        Cancellation);
}
