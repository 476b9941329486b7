using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Functional.Tests.Security;

/// <summary>What is served over HTTP/1.1, asked for by hand: as a browser would that a stranger's page has misled.</summary>
public sealed class HttpTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_name_of_a_stranger_that_leads_here_gets_nothing()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(
            workers: 1, settings: new Dictionary<string, string> { ["Security__HttpHosts__0"] = "pool.example" });
        Assert.StartsWith("HTTP/1.1 200", await AskAsync("127.0.0.1"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", await AskAsync("localhost:8080"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", await AskAsync("pool.example"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 421", await AskAsync("evil.example"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 421", await AskAsync("evil.example:8080"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 403", await AskAsync("localhost", "Origin: https://evil.example"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 403", await AskAsync("localhost", "Origin: null"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", await AskAsync("localhost", "Origin: http://localhost"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 4", await AskAsync(""), StringComparison.Ordinal);

        Task<string> AskAsync(string host, params string[] headers) => RawAsync(supervisor.HttpAddress, host, headers);
    }

    [Fact]
    public async Task Where_callers_are_known_measurements_take_one()
    {
        await using var secured = await SecuredSupervisor.StartAsync();
        var nobody = await RawAsync(secured.Running.HttpAddress, "localhost");
        Assert.StartsWith("HTTP/1.1 401", nobody, StringComparison.Ordinal);
        Assert.Contains("WWW-Authenticate: Bearer", nobody, StringComparison.Ordinal);
        Assert.DoesNotContain("workerpool_", nobody, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 401", await RawAsync(secured.Running.HttpAddress, "localhost", "Authorization: Bearer wpt_wrong"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", await RawAsync(secured.Running.HttpAddress, "localhost", $"Authorization: Bearer {secured.Tokens[Role.Viewer]}"), StringComparison.Ordinal);
    }

    private static async Task<string> RawAsync(string address, string host, params string[] headers)
    {
        var uri = new Uri(address);
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", uri.Port, Cancellation);
        Stream stream = client.GetStream();
        if (uri.Scheme == "https")
        {
            var tls = new SslStream(stream);
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions { TargetHost = "localhost", RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null },
                Cancellation);
            stream = tls;
        }

        await using (stream)
        {
            string[] lines = ["GET /metrics HTTP/1.1", $"Host: {host}", .. headers, "Connection: close", "", ""];
            await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Join("\r\n", lines)), Cancellation);
            using var reader = new StreamReader(stream);
            return await reader.ReadToEndAsync(Cancellation);
        }
    }
}
