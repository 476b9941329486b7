using System.Net;
using System.Net.Sockets;
using k8s;
using k8s.Autorest;
using k8s.Models;
using WorkerPool.Supervisor.Launching.Keepers.Slices;

namespace WorkerPool.Supervisor.Tests.Launching.Slices;

/// <summary>What is said of trouble with the API server.</summary>
public sealed class ApiServerProblemTests
{
    private const string Address = "https://10.0.0.1:443";

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "{\"kind\":\"Status\",\"message\":\"User \\\"system:serviceaccount:texts:sv\\\" cannot list\"}", "does not allow it: User \"system:serviceaccount:texts:sv\" cannot list; expected a Role of the namespace texts with list and watch on endpointslices of discovery.k8s.io, bound to the ServiceAccount sv of texts")]
    [InlineData(HttpStatusCode.Forbidden, "{\"kind\":\"Status\",\"message\":\"User \\\"ann\\\" cannot list\"}", "does not allow it: User \"ann\" cannot list; expected a Role of the namespace texts with list and watch on endpointslices of discovery.k8s.io, bound to the user ann")]
    [InlineData(HttpStatusCode.Forbidden, "no", "does not allow it: no; expected a Role of the namespace texts with list and watch on endpointslices of discovery.k8s.io, bound to whoever asks")]
    [InlineData(HttpStatusCode.BadGateway, "<html>\nBad gateway\n</html>", "answered with 502: <html>")]
    [InlineData(HttpStatusCode.InternalServerError, "", "answered with 500: it says no more")]
    [InlineData(HttpStatusCode.Gone, "{}", "forgets at once what it has listed")]
    public void A_refusal_says_what_is_missing(HttpStatusCode status, string content, string expected) =>
        Assert.Equal($"the API server {Address} {expected}", Said(Refused(status, content)));

    [Fact]
    public void Long_texts_are_cut() => Assert.InRange(Said(Refused(HttpStatusCode.BadGateway, new string('x', 10_000))).Length, 300, 400);

    [Fact]
    public void What_happened_below_is_found()
    {
        var refused = new HttpRequestException("it failed", new SocketException((int)SocketError.ConnectionRefused));
        Assert.Equal($"the API server {Address} is not reached: Connection refused", Said(refused));
        Assert.Equal($"the connection to the API server {Address} broke off: The response ended prematurely", Said(new IOException("The response ended prematurely.")));
        Assert.Equal($"the API server {Address} does not answer in time", Said(new TaskCanceledException()));
        Assert.Equal($"the API server {Address} ended the watch: etcd is busy", Said(new KubernetesException(new V1Status { Message = "etcd is busy." })));
        Assert.Equal("there is no file x", Said(new ApiServerAccessException("there is no file x.")));
    }

    [Fact]
    public void Gone_is_told_by_a_status_or_an_event()
    {
        Assert.True(ApiServerProblem.IsExpired(Refused(HttpStatusCode.Gone, "")));
        Assert.True(ApiServerProblem.IsExpired(new KubernetesException(new V1Status { Code = 410, Reason = "Expired" })));
        Assert.False(ApiServerProblem.IsExpired(new KubernetesException(new V1Status { Code = 500 })));
        Assert.False(ApiServerProblem.IsExpired(Refused(HttpStatusCode.NotFound, "")));
    }

    [Theory]
    [InlineData("3", 3)]
    [InlineData("3600", 60)]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("soon", null)]
    public void It_is_left_alone_as_long_as_it_asks_within_reason(string text, int? seconds)
    {
        var error = Refused(HttpStatusCode.TooManyRequests, "");
        error.Response.Headers["Retry-After"] = [text];
        Assert.Equal(seconds, ApiServerProblem.RetryAfter(error)?.TotalSeconds);
        Assert.Null(ApiServerProblem.RetryAfter(new TimeoutException()));
    }

    private static string Said(Exception error) => ApiServerProblem.Of(error, Address, new ServiceName("texts", "workers"));

    private static HttpOperationException Refused(HttpStatusCode status, string content)
    {
        using var response = new HttpResponseMessage(status);
        return new HttpOperationException("it failed") { Response = new HttpResponseMessageWrapper(response, content) };
    }
}
