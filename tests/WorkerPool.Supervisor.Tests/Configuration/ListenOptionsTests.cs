using System.Net;
using System.Net.Sockets;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Supervisor.Tests.Configuration;

public sealed class ListenOptionsTests
{
    private static readonly SecurityOptions Whole = new() { Certificate = "tls.crt", Key = "tls.key", Callers = "callers.jsonl" };

    [Theory]
    [InlineData("http://127.0.0.1:50051", "127.0.0.1:50051")]
    [InlineData("http://localhost:1234", "127.0.0.1:1234")]
    [InlineData("http://[::1]:0", "[::1]:0")]
    [InlineData("http://127.8.8.8:1", "127.8.8.8:1")]
    public void Loopback_needs_no_leave(string address, string expected) =>
        Assert.Equal(new ListenAddress(IPEndPoint.Parse(expected)), Read(new ListenOptions { Grpc = address }).Grpc);

    [Fact]
    public void A_unix_socket_needs_no_leave_and_is_for_its_user_alone()
    {
        var options = new ListenOptions { Grpc = "unix:///run/pool.sock" };
        Assert.Equal("/run/pool.sock", Assert.IsType<UnixDomainSocketEndPoint>(Read(options).Grpc.EndPoint).ToString());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, options.Mode);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite, new ListenOptions { SocketMode = "660" }.Mode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("rw")]
    [InlineData("1777")]
    [InlineData("688")]
    public void A_mode_that_is_none_is_refused_by_name(string mode) =>
        Assert.Contains($"Listen:SocketMode is \"{mode}\"; expected", Assert.Single(Faults(new ListenOptions { SocketMode = mode })), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://0.0.0.0:50051")]
    [InlineData("http://10.0.0.7:50051")]
    [InlineData("http://[::]:50051")]
    public void Beyond_loopback_it_listens_only_when_told_to_be_insecure(string address)
    {
        var fault = Assert.Single(Faults(new ListenOptions { Grpc = address }));
        Assert.Contains("--insecure", fault, StringComparison.Ordinal);
        Assert.Contains($"{address} can be reached from other machines, and has neither TLS nor authentication", fault, StringComparison.Ordinal);
        Assert.Empty(Faults(new ListenOptions { Grpc = address, Insecure = true }));
    }

    [Fact]
    public void Beyond_loopback_it_takes_both_tls_and_callers()
    {
        var certificate = new SecurityOptions { Certificate = "tls.crt", Key = "tls.key" };
        var callers = new SecurityOptions { Callers = "callers.jsonl" };
        Assert.Contains("has no authentication", Assert.Single(Faults(new ListenOptions { Grpc = "https://0.0.0.0:1" }, certificate)), StringComparison.Ordinal);
        Assert.Contains("has no TLS", Assert.Single(Faults(new ListenOptions { Grpc = "http://0.0.0.0:1" }, callers)), StringComparison.Ordinal);
        Assert.True(Read(new ListenOptions { Grpc = "https://0.0.0.0:1" }, Whole).Grpc.IsTls);
    }

    [Fact]
    public void Tls_takes_a_certificate_and_a_certificate_takes_tls()
    {
        Assert.Contains("takes a certificate", Assert.Single(Faults(new ListenOptions { Grpc = "https://127.0.0.1:1" })), StringComparison.Ordinal);
        Assert.Contains("no address uses it", Assert.Single(Faults(new ListenOptions(), Whole)), StringComparison.Ordinal);
        Assert.True(Read(new ListenOptions { Http = "https://127.0.0.1:1" }, Whole).Http!.IsTls);
    }

    [Fact]
    public void Measurements_are_on_loopback_may_be_turned_off_and_follow_the_same_rule()
    {
        Assert.Equal(new ListenAddress(IPEndPoint.Parse("127.0.0.1:8080")), Read(new ListenOptions()).Http);
        Assert.Null(Read(new ListenOptions { Http = "" }).Http);
        Assert.Contains("--insecure", Assert.Single(Faults(new ListenOptions { Http = "http://0.0.0.0:8080" })), StringComparison.Ordinal);
        Assert.Empty(Faults(new ListenOptions { Http = "http://0.0.0.0:8080", Insecure = true }));
        Assert.Empty(Faults(new ListenOptions { Grpc = "https://0.0.0.0:1", Http = "https://0.0.0.0:8080" }, Whole));
        Assert.Contains(
            "Listen:Http is \"unix:///run/http.sock\"; expected",
            Assert.Single(Faults(new ListenOptions { Http = "unix:///run/http.sock" })), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1:50051")]
    [InlineData("ftp://127.0.0.1:50051")]
    [InlineData("http://example.com:50051")]
    [InlineData("http://*:50051")]
    public void An_address_it_cannot_listen_on_is_refused_by_name(string address) =>
        Assert.Contains(
            $"Listen:Grpc is \"{address}\"; expected",
            Assert.Single(Faults(new ListenOptions { Grpc = address, Insecure = true })), StringComparison.Ordinal);

    [Fact]
    public void All_faults_are_told_at_once() =>
        Assert.Equal(3, Faults(new ListenOptions { Grpc = "http://0.0.0.0:1", Http = "http://0.0.0.0:2", SocketMode = "x" }).Count);

    private static (ListenAddress Grpc, ListenAddress? Http) Read(ListenOptions options, SecurityOptions? security = null)
    {
        var faults = new List<string>();
        var addresses = options.Read(security ?? new SecurityOptions(), faults);
        Assert.Empty(faults);
        return addresses;
    }

    private static List<string> Faults(ListenOptions options, SecurityOptions? security = null)
    {
        var faults = new List<string>();
        options.Read(security ?? new SecurityOptions(), faults);
        return faults;
    }
}
