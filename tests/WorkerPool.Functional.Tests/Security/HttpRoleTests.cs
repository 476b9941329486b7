using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Google.Api;
using Google.Protobuf.Reflection;
using WorkerPool.Supervisor.Security;
using WorkerPool.V1;
using Encoding = System.Text.Encoding;

namespace WorkerPool.Functional.Tests.Security;

/// <summary>The API in JSON serves the roles that the table says, as gRPC does.</summary>
public sealed class HttpRoleTests
{
    private static readonly IReadOnlyList<(MethodDescriptor Method, HttpRule Rule)> Calls =
    [
        .. new[] { PoolService.Descriptor, JobService.Descriptor, AdminService.Descriptor }.SelectMany(service => service.Methods)
            .Select(method => (method, method.GetOptions()?.GetExtension(AnnotationsExtensions.Http)!)).Where(call => call.Item2 is not null),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_call_serves_the_roles_of_its_rpc_and_nobody_else()
    {
        await using var secured = await SecuredSupervisor.StartAsync();
        using var http = new HttpClient(secured.Handler()) { BaseAddress = new Uri(secured.Running.HttpAddress) };
        Assert.True(Calls.Count >= 14);
        foreach (var (method, rule) in Calls.OrderBy(call => call.Method.Name == "DrainPool"))
        {
            var needed = RpcRules.Of($"/{method.Service.FullName}/{method.Name}").Role!.Value;
            foreach (var (role, token) in secured.Tokens.Select(each => ((Role?)each.Key, each.Value)).Prepend((null, "")))
            {
                using var response = await CallAsync(http, rule, token);
                var expected = role is null ? HttpStatusCode.Unauthorized : role < needed ? HttpStatusCode.Forbidden : HttpStatusCode.OK;
                var actual = response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? response.StatusCode : HttpStatusCode.OK;
                Assert.True(expected == actual, $"{rule} for {role?.ToString() ?? "nobody"}: {response.StatusCode}");
                if (role is null || role < needed)
                {
                    using var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
                    Assert.Equal(role is null ? "CALLER_UNKNOWN" : "ROLE_TOO_LOW", error.RootElement.GetProperty("details")[0].GetProperty("reason").GetString());
                    Assert.Equal(role is null, response.Headers.WwwAuthenticate.Count > 0);
                }
            }
        }

        var audited = secured.Running.Program.Log.Lines.Count(line => line.Contains("admin (", StringComparison.Ordinal) && line.Contains("AdminService/ResizePool", StringComparison.Ordinal));
        Assert.Equal(1, audited);
    }

    [Fact]
    public async Task A_page_of_a_stranger_cannot_call_it()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1);
        using var http = new HttpClient { BaseAddress = new Uri(supervisor.HttpAddress) };
        Assert.Equal((HttpStatusCode.Forbidden, "ORIGIN_REFUSED"), await AskAsync("Origin", "https://evil.example"));
        Assert.Equal((HttpStatusCode.MisdirectedRequest, "HOST_UNKNOWN"), await AskAsync("Host", "evil.example"));

        async Task<(HttpStatusCode, string?)> AskAsync(string header, string value)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/pool");
            request.Headers.Add(header, value);
            using var response = await http.SendAsync(request, Cancellation);
            using var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
            return (response.StatusCode, error.RootElement.GetProperty("details")[0].GetProperty("reason").GetString());
        }
    }

    [Fact]
    public async Task Beside_a_unix_socket_without_callers_it_is_not_served()
    {
        var socket = Path.Combine(Path.GetTempPath(), $"wp-{Guid.NewGuid():N}.sock");
        await using var program = SupervisorProgram.Start(["--listen", $"unix://{socket}", "--workers", "1"]);
        var address = (await program.Log.LineAsync("Now listening on: (http://127.*)").WaitAsync(SupervisorProgram.Limit, Cancellation)).Groups[1].Value;
        await program.Log.LineAsync("Application started").WaitAsync(SupervisorProgram.Limit, Cancellation);
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        foreach (var path in (string[])["/v1/pool", "/v1/map", "/openapi.json"])
        {
            using var response = await http.GetAsync(path, Cancellation);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Contains("UNKNOWN_PATH", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }

        using var metrics = await http.GetAsync("/metrics", Cancellation);
        Assert.Equal(HttpStatusCode.OK, metrics.StatusCode);
        Assert.Equal(0, await program.StopAsync());
    }

    private static async Task<HttpResponseMessage> CallAsync(HttpClient http, HttpRule rule, string token)
    {
        var isGet = rule.PatternCase == HttpRule.PatternOneofCase.Get;
        var path = (isGet ? rule.Get : rule.Post).Replace("{id}", "job-1", StringComparison.Ordinal).Replace("{name}", "worker-1", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(isGet ? HttpMethod.Get : HttpMethod.Post, path);
        if (rule.Body.Length > 0)
        {
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        }

        if (token.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
    }
}
