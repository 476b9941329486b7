using WorkerPool.Supervisor.Launching.Keepers.Slices;
using WorkerPool.TestSupport;
using WorkerPool.TestSupport.Kubernetes;

namespace WorkerPool.Supervisor.Tests.Launching.Slices;

/// <summary>Kubeconfigs, sound and not: each fault is one sentence.</summary>
public sealed class KubeconfigTests : IDisposable
{
    private const string Sound = """
        apiVersion: v1
        kind: Config
        current-context: one
        contexts:
        - name: one
          context: {cluster: one, user: one, namespace: texts}
        - name: other
          context: {cluster: one, user: one}
        clusters:
        - name: one
          cluster: {server: 'https://10.0.0.1:6443'}
        users:
        - name: one
          user: {token: secret}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wp-kubeconfig-");

    private string File_ => Path.Combine(_folder.FullName, "config");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("one", "texts")]
    [InlineData("other", "default")]
    public void Its_current_context_says_where_and_in_which_namespace(string context, string space)
    {
        var read = Read(Sound.Replace("current-context: one", $"current-context: {context}", StringComparison.Ordinal));
        Assert.Equal(("https://10.0.0.1:6443", space, "secret"), (read.Host, read.Namespace, read.AccessToken));
    }

    [Theory]
    [InlineData("current-context: one", "", "has no current context; expected one of: one, other (kubectl config use-context NAME).")]
    [InlineData("current-context: one", "current-context: third", "has the current context \"third\"; expected one of its contexts: one, other.")]
    [InlineData("cluster: one, user", "cluster: two, user", "cannot be used: Cluster not found for context")]
    [InlineData("{token: secret}", "{tokenFile: /token}", "cannot be used: User: one does not have appropriate auth credentials in kubeconfig; expected a cluster, and a user with token, client-certificate or exec.")]
    [InlineData("server: 'https://10.0.0.1:6443'", "server: 'https://10.0.0.1:6443', certificate-authority-data: bm9uZQ==", "has a certificate authority without a certificate in PEM form.")]
    [InlineData("server: 'https://10.0.0.1:6443'", "server: 'https://10.0.0.1:6443', certificate-authority: none.crt", "cannot be used: ")]
    [InlineData("{token: secret}", "{client-certificate-data: bm9uZQ==, client-key-data: bm9uZQ==}", "cannot be used: ")]
    [InlineData("server: 'https://10.0.0.1:6443'", "server: 'nowhere'", "cannot be used: ")]
    [InlineData("contexts:", "contexts: [", "cannot be read as a kubeconfig: ")]
    public void A_fault_is_told_in_a_sentence(string right, string wrong, string expected)
    {
        Assert.Contains(right, Sound, StringComparison.Ordinal);
        Assert.Contains(expected, Fault(Sound.Replace(right, wrong, StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty; expected a kubeconfig.")]
    [InlineData("# nothing", "is empty; expected a kubeconfig.")]
    [InlineData("just a text", "cannot be read as a kubeconfig")]
    [InlineData("{}", "has no current context")]
    public void What_is_no_kubeconfig_is_told(string text, string expected) => Assert.Contains(expected, Fault(text), StringComparison.Ordinal);

    [Fact]
    public void A_file_that_does_not_exist_is_named() =>
        Assert.Equal($"Pool:Keepers:Kubeconfig: there is no file {File_}.", Assert.Throws<ApiServerAccessException>(() => new KubeconfigAccess(File_).Read()).Message);

    [Fact]
    public async Task A_kubeconfig_leads_to_an_API_server_with_TLS_and_token()
    {
        using var authority = new TestAuthority();
        await using var server = await ApiServerStandIn.StartAsync(authority);
        server.Token = "secret";
        server.Put("workers", "workers-a", ApiServerStandIn.Slice(50060, "10.0.0.1"));
        server.WriteKubeconfig(File_, "texts", ca: "ca.crt");
        File.Copy(authority.CaFile, Path.Combine(_folder.FullName, "ca.crt"));
        await using var service = new FollowedService(new KubeconfigAccess(File_), scheme: "https");
        await service.FindsAsync("10.0.0.1:50060");
        Assert.Equal(("texts", "secret"), (server.Lists[0].Namespace, server.Lists[0].Token));
    }

    private k8s.KubernetesClientConfiguration Read(string text)
    {
        File.WriteAllText(File_, text);
        return new KubeconfigAccess(File_).Read();
    }

    private string Fault(string text)
    {
        File.WriteAllText(File_, text);
        var faults = new List<string>();
        ApiServerAccess.Check(new KubeconfigAccess(File_), faults);
        var fault = Assert.Single(faults);
        Assert.DoesNotContain('\n', fault);
        Assert.EndsWith(".", fault, StringComparison.Ordinal);
        return fault;
    }
}
