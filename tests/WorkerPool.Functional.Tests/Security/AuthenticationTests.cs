using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Security;
using WorkerPool.V1;

namespace WorkerPool.Functional.Tests.Security;

/// <summary>Tokens and certificates: right ones, wrong ones, and ones that change while calls run.</summary>
public sealed class AuthenticationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_certificate_of_the_right_ca_with_a_known_name_is_its_caller_and_others_are_told_what_is_wrong()
    {
        await using var secured = await SecuredSupervisor.StartAsync();
        using var strangers = new TestAuthority("Strangers");
        File.AppendAllLines(secured.CallersFile,
        [
            SecuredSupervisor.CertificateLine("alice", "submitter", "CN:alice"),
            SecuredSupervisor.CertificateLine("robot", "submitter", "URI:spiffe://pool/robot"),
        ]);
        var alice = secured.Authority.Client("alice");
        await Eventually.AskAsync(() => ProblemAsync(secured.Invoker(null, alice)), problem => problem is null);
        Assert.Null(await ProblemAsync(secured.Invoker(null, secured.Authority.Client("bob", new Uri("spiffe://pool/robot")))));
        Assert.Contains("names CN:carol", await ProblemAsync(secured.Invoker(null, secured.Authority.Client("carol"))), StringComparison.Ordinal);
        Assert.Contains("The client certificate expired on", await ProblemAsync(secured.Invoker(null, secured.Authority.Client("alice", isExpired: true))), StringComparison.Ordinal);
        Assert.Contains("issued by \"CN=Strangers\"", await ProblemAsync(secured.Invoker(null, strangers.Client("alice"))), StringComparison.Ordinal);

        // A token goes before a certificate, a wrong one too.
        Assert.Contains("The token is not one", await ProblemAsync(secured.Invoker("wpt_wrong", secured.Authority.Client("alice"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_taken_back_and_another_given_while_a_map_runs()
    {
        using var gate = new TemporaryFile();
        await using var secured = await SecuredSupervisor.StartAsync();
        var (old, next) = (secured.Tokens[Role.Submitter], ApiToken.New());
        using var open = await OpenMap.StartAsync(new PoolService.PoolServiceClient(secured.Invoker(old)), new MapStart { Function = "wait_for" }, gate.Item);
        Assert.Null(await ProblemAsync(secured.Invoker(old)));

        var keep = File.ReadAllLines(secured.CallersFile).Where(line => !line.Contains("\"submitter\"", StringComparison.Ordinal));
        File.WriteAllLines(secured.CallersFile, [.. keep, SecuredSupervisor.Line(Role.Submitter, next)]);
        await Eventually.AskAsync(() => ProblemAsync(secured.Invoker(next)), problem => problem is null);
        Assert.Contains("The token is not one that this pool knows", await ProblemAsync(secured.Invoker(old)), StringComparison.Ordinal);
        gate.Make();
        Assert.Equal(1ul, (await open.FinishAsync()).Ledger.Succeeded);
    }

    [Fact]
    public async Task A_bad_file_of_callers_leaves_the_old_ones_in_force_and_is_logged()
    {
        await using var secured = await SecuredSupervisor.StartAsync();
        secured.Running.MayLogErrors = true;
        File.AppendAllText(secured.CallersFile, "{\"name\":\"x\",\"rol\":\"viewer\"}\n");
        await secured.Running.Program.Log.LineAsync("what was there before stays in force: .*line 4: there is no \"rol\"; did you mean \"role\"").WaitAsync(SupervisorProgram.Limit, Cancellation);
        Assert.Null(await ProblemAsync(secured.Invoker(secured.Tokens[Role.Submitter])));
    }

    [Fact]
    public async Task A_certificate_is_replaced_by_a_link_as_kubernetes_does_while_a_map_runs_and_a_bad_one_is_not_taken()
    {
        using var gate = new TemporaryFile();
        await using var secured = SecuredSupervisor.Prepare();
        var authority = secured.Authority;
        var data = authority.PathOf("..data");
        Publish("v1", authority.Server());
        await secured.StartAsync(("Security__Certificate", Path.Combine(data, "tls.crt")), ("Security__Key", Path.Combine(data, "tls.key")));
        secured.Running.MayLogErrors = true;
        var first = await ShownAsync(secured.Running.Address);
        using var open = await OpenMap.StartAsync(secured.Running.Client, new MapStart { Function = "wait_for" }, gate.Item);

        Publish("v2", authority.Server(host: "renewed.example"));
        var second = await Eventually.AskAsync(() => ShownAsync(secured.Running.Address), shown => shown != first);

        File.WriteAllText(authority.PathOf("tls.crt"), "no certificate");
        Publish("v3", (authority.PathOf("tls.crt"), authority.PathOf("tls.key")));
        await secured.Running.Program.Log.LineAsync("stays in force: .*tls.crt holds no certificate in PEM form").WaitAsync(SupervisorProgram.Limit, Cancellation);
        Publish("v4", authority.Server(isExpired: true));
        await secured.Running.Program.Log.LineAsync("stays in force: the certificate in .* expired on").WaitAsync(SupervisorProgram.Limit, Cancellation);
        Assert.Equal(second, await ShownAsync(secured.Running.Address));
        gate.Make();
        Assert.Equal(1ul, (await open.FinishAsync()).Ledger.Succeeded);

        void Publish(string version, (string Certificate, string Key) files)
        {
            var folder = Directory.CreateDirectory(authority.PathOf(version)).FullName;
            File.Copy(files.Certificate, Path.Combine(folder, "tls.crt"));
            File.Copy(files.Key, Path.Combine(folder, "tls.key"));
            var link = authority.PathOf($"link-{version}");
            File.CreateSymbolicLink(link, folder);
            Rename(link, data);
        }
    }

    [Fact]
    public async Task Old_versions_of_tls_are_not_spoken()
    {
        await using var secured = await SecuredSupervisor.StartAsync();
        secured.Running.MayLogErrors = true;
#pragma warning disable CA5397, SYSLIB0039 // They are what is refused.
        await Assert.ThrowsAnyAsync<Exception>(() => ShownAsync(secured.Running.Address, SslProtocols.Tls11));
#pragma warning restore CA5397, SYSLIB0039
        Assert.NotEmpty(await ShownAsync(secured.Running.Address, SslProtocols.Tls12));
        Assert.NotEmpty(await ShownAsync(secured.Running.Address, SslProtocols.Tls13));
    }

    [Fact]
    public async Task No_token_is_ever_logged()
    {
        var settings = new Dictionary<string, string> { ["Logging__LogLevel__Default"] = "Trace", ["Logging__LogLevel__Microsoft.AspNetCore"] = "Trace", ["Logging__LogLevel__Grpc"] = "Trace" };
        await using var secured = await SecuredSupervisor.StartAsync(settings: settings);
        secured.Running.MayLogErrors = true;
        var wrong = ApiToken.New();
        Assert.Null(await ProblemAsync(secured.Invoker(secured.Tokens[Role.Submitter])));
        Assert.NotNull(await ProblemAsync(secured.Invoker(wrong)));
        Assert.NotNull(await ProblemAsync(secured.Invoker(secured.Tokens[Role.Viewer])));
        await secured.Running.Program.StopAsync();
        Assert.Contains("was refused", secured.Running.Program.Log.Text, StringComparison.Ordinal);
        Assert.All(secured.Tokens.Values.Append(wrong), token => Assert.DoesNotContain(token, secured.Running.Program.Log.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reflection_can_be_turned_off()
    {
        await using var secured = await SecuredSupervisor.StartAsync(settings: new Dictionary<string, string> { ["Security__Reflection"] = "false" });
        var client = new Grpc.Reflection.V1.ServerReflection.ServerReflectionClient(secured.Invoker(secured.Tokens[Role.Admin]));
        using var call = client.ServerReflectionInfo(cancellationToken: Cancellation);
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancellation));
        Assert.Equal(StatusCode.Unimplemented, error.StatusCode);
    }

    // Why a call is refused; null if it is not.
    private static async Task<string?> ProblemAsync(CallInvoker invoker)
    {
        try
        {
            await new PoolService.PoolServiceClient(invoker).ApplyAsync(
                new ApplyRequest { Function = "square", Value = Value.ForNumber(2) }, cancellationToken: Cancellation);
            return null;
        }
        catch (RpcException error) when (error.StatusCode is StatusCode.Unauthenticated or StatusCode.PermissionDenied)
        {
            return error.Status.Detail;
        }
    }

    private static async Task<string> ShownAsync(string address, SslProtocols protocols = SslProtocols.None)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", new Uri(address).Port, Cancellation);
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                EnabledSslProtocols = protocols,
                ApplicationProtocols = [SslApplicationProtocol.Http2],
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
            },
            Cancellation);
        return ((X509Certificate2)tls.RemoteCertificate!).Thumbprint;
    }

    // As ln -T and mv -T do: what follows the link finds the old or the new, never nothing.
    private static void Rename(string from, string to)
    {
        using var move = System.Diagnostics.Process.Start("mv", ["-T", from, to]);
        move.WaitForExit();
        Assert.Equal(0, move.ExitCode);
    }
}
