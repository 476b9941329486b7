using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Rpc;

namespace WorkerPool.Wire.Tests;

/// <summary>What someone sees who knows nothing but the address and types a request, with buf curl.</summary>
public sealed class ReflectionClientTests(WireSupervisor supervisor) : IClassFixture<WireSupervisor>
{
    [Theory]
    [InlineData("""{"function":"square","items":[1,2,3]}""")]
    [InlineData("""{"function":"square","items":[1,2,3],"options":{"order":"ORDER_COMPLETION"}}""")]
    public async Task A_map_typed_by_hand_gives_results_and_a_summary(string request)
    {
        var responses = Messages((await CallAsync("workerpool.v1.PoolService/Map", request)).Sound());
        var results = responses[..^1].Select(response => response["result"]!).OrderBy(result => (string)result["index"]!);
        Assert.Equal(
            [("0", 1), ("1", 4), ("2", 9)], results.Select(result => ((string)result["index"]!, (int)result["value"]!)));
        var summary = responses[^1]["summary"]!;
        Assert.Equal("JOB_OUTCOME_COMPLETED", (string)summary["outcome"]!);
        Assert.Equal(
            """{"accepted":"3","succeeded":"3","failed":"0","cancelled":"0"}""", summary["ledger"]!.ToJsonString());
    }

    [Fact]
    public async Task An_integer_that_a_double_does_not_carry_comes_as_text()
    {
        var response = Messages((await CallAsync(
            "workerpool.v1.PoolService/Apply", """{"function":"square","json_value":"3000000001"}""")).Sound());
        Assert.Equal("9000000006000000001", (string)response.Single()["jsonValue"]!);
    }

    [Fact]
    public async Task An_item_that_failed_tells_its_index_even_if_that_is_zero()
    {
        var responses = Messages((await CallAsync("workerpool.v1.PoolService/Map", """{"function":"fail","items":["oh"]}""")).Sound());
        var result = responses[0]["result"]!;
        Assert.Equal("0", (string)result["index"]!);
        Assert.Equal("FUNCTION_FAILED", (string)result["error"]!["reason"]!);
        Assert.Equal("oh", (string)result["error"]!["message"]!);
    }

    [Fact]
    public async Task Functions_are_listed_with_their_signatures()
    {
        var response = Messages((await CallAsync("workerpool.v1.PoolService/ListFunctions", "{}")).Sound()).Single();
        var square = Assert.Single(response["functions"]!.AsArray(), function => (string)function!["name"]! == "square")!;
        Assert.StartsWith("square(", (string)square["signature"]!, StringComparison.Ordinal);
        Assert.Equal(2, (int)response["slotCount"]!);
    }

    [Fact]
    public async Task Services_and_their_methods_are_listed_by_reflection()
    {
        var services = (await CurlAsync("--list-services", supervisor.Running.Address)).Sound().Split('\n', StringSplitOptions.TrimEntries);
        Assert.Contains("workerpool.v1.PoolService", services);
        Assert.Contains("grpc.health.v1.Health", services);
        var methods = (await CurlAsync("--list-methods", supervisor.Running.Address)).Sound();
        Assert.Contains("workerpool.v1.PoolService/MapStream", methods, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"service":"workerpool.v1.PoolService"}""")]
    public async Task Health_is_served(string request)
    {
        var response = Messages((await CallAsync("grpc.health.v1.Health/Check", request)).Sound()).Single();
        Assert.Equal("SERVING", (string)response["status"]!);
    }

    [Fact]
    public async Task An_unknown_function_is_not_found_with_a_reason_that_programs_can_read()
    {
        var result = await CallAsync("workerpool.v1.PoolService/Map", """{"function":"squar","items":[1]}""");
        Assert.NotEqual(0, result.ExitCode);
        var error = JsonNode.Parse(result.Error)!;
        Assert.Equal("not_found", (string)error["code"]!);
        Assert.Equal("The pool has no function \"squar\". Did you mean \"square\"?", (string)error["message"]!);
        var detail = Assert.Single(error["details"]!.AsArray(), detail => (string)detail!["type"]! == "google.rpc.ErrorInfo")!;
        var info = ErrorInfo.Parser.ParseFrom(FromBase64((string)detail["value"]!));
        Assert.Equal(("UNKNOWN_FUNCTION", "workerpool"), (info.Reason, info.Domain));
        Assert.Equal("square", info.Metadata["near"]);
    }

    private Task<ToolResult> CallAsync(string method, string request) =>
        CurlAsync("--data", request, $"{supervisor.Running.Address}/{method}");

    private static Task<ToolResult> CurlAsync(params string[] arguments) =>
        Tool.Buf.RunAsync(["curl", "--http2-prior-knowledge", "--protocol", "grpc", .. arguments]);

    private static byte[] FromBase64(string text) => Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));

    // One JSON object after the other, each over several lines.
    private static List<JsonNode> Messages(string output)
    {
        var messages = new List<JsonNode>();
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(output), new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read())
        {
            messages.Add(JsonNode.Parse(ref reader)!);
        }

        return messages;
    }
}
