using WorkerPool.Supervisor.Launching.Keepers.Slices;
using WorkerPool.TestSupport;
using WorkerPool.TestSupport.Kubernetes;

namespace WorkerPool.Supervisor.Tests.Launching.Slices;

/// <summary>What a pod is given for its service account, and TLS with the API server: over real sockets, with files of its own.</summary>
public sealed class ServiceAccountTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _stranger = new("Another CA");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wp-account-");

    public ServiceAccountTests()
    {
        File.WriteAllText(PathOf("token"), "first\n");
        File.WriteAllText(PathOf("namespace"), "spaces");
        File.Copy(_authority.CaFile, PathOf("ca.crt"));
    }

    public void Dispose()
    {
        _authority.Dispose();
        _stranger.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_token_that_was_replaced_is_shown_with_the_next_request()
    {
        await using var server = await ApiServerStandIn.StartAsync(_authority);
        server.Token = "first";
        await using var service = new FollowedService(AccessTo(server));
        await Eventually.AskAsync(() => Task.FromResult(server.Watches.Count), count => count == 1);
        File.WriteAllText(PathOf("token"), "second");
        server.Token = "second";
        server.Put("workers", "workers-a", ApiServerStandIn.Slice(50060, "10.0.0.1"));
        await service.FindsAsync("10.0.0.1:50060");
        server.Send("", WatchEnd.Ended);
        await Eventually.AskAsync(() => Task.FromResult(server.Watches.Count), count => count == 2);
        Assert.Equal(["first", "first", "second"], server.Requests.Select(request => request.Token));
        Assert.All(server.Requests, request => Assert.Equal(("spaces", "HTTP/2"), (request.Namespace, request.Protocol)));
        Assert.Empty(service.Log.Entries);
    }

    [Fact]
    public async Task A_token_that_is_not_known_is_told_and_the_next_one_mends_it()
    {
        await using var server = await ApiServerStandIn.StartAsync(_authority);
        server.Token = "second";
        await using var service = new FollowedService(AccessTo(server));
        await Eventually.AskAsync(() => Task.FromResult(service.Source), source => source.Contains("does not know who asks: Unauthorized; expected a token", StringComparison.Ordinal));
        File.WriteAllText(PathOf("token"), "second");
        await service.FindsAsync("");
        Assert.DoesNotContain("first", string.Join(' ', service.Log.Entries), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_CA_that_was_replaced_is_in_force_after_the_next_failure()
    {
        await using var server = await ApiServerStandIn.StartAsync(_authority);
        File.Copy(_stranger.CaFile, PathOf("ca.crt"), overwrite: true);
        await using var service = new FollowedService(AccessTo(server));
        await Eventually.AskAsync(() => Task.FromResult(service.Source), source => source.Contains("cannot be trusted", StringComparison.Ordinal));
        Assert.Empty(server.Requests);
        File.Copy(_authority.CaFile, PathOf("ca.crt"), overwrite: true);
        await service.FindsAsync("");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_certificate_for_another_host_or_out_of_date_is_not_trusted_though_the_CA_signed_it(bool isExpired)
    {
        var certificate = isExpired ? _authority.Server("old", isExpired: true) : _authority.Server("kubelet", "node-7", hasAddress: false);
        await using var server = await ApiServerStandIn.StartAsync(_authority, certificate);
        await using var service = new FollowedService(AccessTo(server));
        await Eventually.AskAsync(() => Task.FromResult(service.Source), source => source.Contains("cannot be trusted", StringComparison.Ordinal));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("token", "this pod has no token for the API server: there is no file ", "; set automountServiceAccountToken of the pod to true.")]
    [InlineData("ca.crt", "there is no file ", "automountServiceAccountToken")]
    public void A_pod_without_its_files_says_so(string missing, string first, string then)
    {
        File.Delete(PathOf(missing));
        var told = Fault(new PodAccess(_folder.FullName, name => name == "KUBERNETES_SERVICE_HOST" ? "10.0.0.1" : "443"));
        Assert.StartsWith("Pool:Keepers:Service: ", told, StringComparison.Ordinal);
        Assert.Contains(first + PathOf(missing), told, StringComparison.Ordinal);
        Assert.Contains(then, told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("token", "", "is empty.")]
    [InlineData("ca.crt", "no certificate", "holds no certificate in PEM form.")]
    public void A_pod_with_files_that_are_none_says_so(string file, string text, string expected)
    {
        File.WriteAllText(PathOf(file), text);
        var told = Fault(new PodAccess(_folder.FullName, name => name == "KUBERNETES_SERVICE_HOST" ? "10.0.0.1" : "443"));
        Assert.Equal($"Pool:Keepers:Service: {PathOf(file)} {expected}", told);
    }

    [Theory]
    [InlineData("fd00::1", "https://[fd00::1]")]
    [InlineData("10.0.0.1", "https://10.0.0.1")]
    public void Its_API_server_is_where_its_environment_says(string host, string expected)
    {
        var read = new PodAccess(_folder.FullName, name => name == "KUBERNETES_SERVICE_HOST" ? host : "443").Read();
        Assert.Equal((expected, "spaces"), (read.Host, read.Namespace));
    }

    [Fact]
    public void What_is_no_pod_says_what_it_needs() => Assert.Equal(
        "Pool:Keepers:Service is looked up in the cluster that this pod is in, but this is no pod (KUBERNETES_SERVICE_HOST or KUBERNETES_SERVICE_PORT is not set); expected Pool:Keepers:Kubeconfig, the path of a kubeconfig.",
        Fault(new PodAccess(_folder.FullName, _ => null)));

    private static string Fault(PodAccess access)
    {
        var faults = new List<string>();
        ApiServerAccess.Check(access, faults);
        return Assert.Single(faults);
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private PodAccess AccessTo(ApiServerStandIn server)
    {
        var address = new Uri(server.Address);
        return new PodAccess(_folder.FullName, name => name == "KUBERNETES_SERVICE_HOST" ? address.Host : $"{address.Port}");
    }
}
