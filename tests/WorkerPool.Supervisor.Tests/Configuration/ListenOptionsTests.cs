using System.Net;
using System.Net.Sockets;
using WorkerPool.Supervisor.Configuration;

namespace WorkerPool.Supervisor.Tests.Configuration;

public sealed class ListenOptionsTests
{
    [Theory]
    [InlineData("http://127.0.0.1:50051", "127.0.0.1:50051")]
    [InlineData("http://localhost:1234", "127.0.0.1:1234")]
    [InlineData("http://[::1]:0", "[::1]:0")]
    [InlineData("http://127.8.8.8:1", "127.8.8.8:1")]
    public void Loopback_needs_no_leave(string address, string expected)
    {
        Assert.True(new ListenOptions { Grpc = address }.TryRead(out var endPoint, out _));
        Assert.Equal(IPEndPoint.Parse(expected), endPoint);
    }

    [Fact]
    public void A_unix_socket_needs_no_leave()
    {
        Assert.True(new ListenOptions { Grpc = "unix:///run/pool.sock" }.TryRead(out var endPoint, out _));
        Assert.Equal("/run/pool.sock", Assert.IsType<UnixDomainSocketEndPoint>(endPoint).ToString());
    }

    [Theory]
    [InlineData("http://0.0.0.0:50051")]
    [InlineData("http://10.0.0.7:50051")]
    [InlineData("http://[::]:50051")]
    public void Beyond_loopback_it_listens_only_when_told_to_be_insecure(string address)
    {
        Assert.False(new ListenOptions { Grpc = address }.TryRead(out _, out var problem));
        Assert.Contains("--insecure", problem, StringComparison.Ordinal);
        Assert.Contains(address, problem, StringComparison.Ordinal);
        Assert.True(new ListenOptions { Grpc = address, Insecure = true }.TryRead(out _, out _));
    }

    [Fact]
    public void Measurements_are_on_loopback_may_be_turned_off_and_follow_the_same_rule()
    {
        Assert.True(new ListenOptions().TryReadHttp(out var endPoint, out _));
        Assert.Equal(IPEndPoint.Parse("127.0.0.1:8080"), endPoint);
        Assert.True(new ListenOptions { Http = "" }.TryReadHttp(out endPoint, out _));
        Assert.Null(endPoint);
        Assert.False(new ListenOptions { Http = "http://0.0.0.0:8080" }.TryReadHttp(out _, out var problem));
        Assert.Contains("--insecure", problem, StringComparison.Ordinal);
        Assert.True(new ListenOptions { Http = "http://0.0.0.0:8080", Insecure = true }.TryReadHttp(out _, out _));
        Assert.False(new ListenOptions { Http = "unix:///run/http.sock" }.TryReadHttp(out _, out problem));
        Assert.Contains("Listen:Http is \"unix:///run/http.sock\"; expected", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1:50051")]
    [InlineData("https://127.0.0.1:50051")]
    [InlineData("http://example.com:50051")]
    [InlineData("http://*:50051")]
    public void An_address_it_cannot_listen_on_is_refused_by_name(string address)
    {
        Assert.False(new ListenOptions { Grpc = address, Insecure = true }.TryRead(out _, out var problem));
        Assert.Contains($"Listen:Grpc is \"{address}\"; expected", problem, StringComparison.Ordinal);
    }
}
