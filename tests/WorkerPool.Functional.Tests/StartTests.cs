using System.Net;
using System.Net.Sockets;

namespace WorkerPool.Functional.Tests;

/// <summary>A Supervisor that cannot start says why and how to mend it, in its exit code as well.</summary>
public sealed class StartTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";
        await Refuses(3, $"{address} is in use by another program.", "--listen", address);
    }

    [Fact]
    public async Task A_port_in_use_for_measurements_is_named_with_its_option()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";
        await Refuses(
            3, $"{address} is in use by another program. Stop that, or choose another port with --http ",
            "--listen", "http://127.0.0.1:0", "--http", address);
    }

    [Fact]
    public Task Listening_beyond_loopback_takes_a_word() =>
        Refuses(2, "http://0.0.0.0:0 can be reached from other machines", "--listen", "http://0.0.0.0:0");

    [Fact]
    public async Task Told_to_be_insecure_it_listens_beyond_loopback()
    {
        await using var program = SupervisorProgram.Start(["--listen", "http://0.0.0.0:0", "--workers", "1", "--insecure"]);
        await program.Log.LineAsync("Now listening on: http://0.0.0.0:").WaitAsync(SupervisorProgram.Limit, Cancellation);
        Assert.Equal(0, await program.StopAsync());
        Assert.Empty(program.Leftovers());
    }

    [Fact]
    public async Task Every_fault_of_the_configuration_is_told_at_once()
    {
        var settings = new Dictionary<string, string>
        {
            ["Pool__MaxCrashes"] = "0",
            ["Pool__WindowItems"] = "lots",
            ["Pool__Kepers__Dns"] = "workers:50060",
            ["Listen__SocketsMode"] = "600",
            ["Secuirty__Callers"] = "callers.jsonl",
        };
        await using var program = SupervisorProgram.Start(["--workers", "none", "--listen", "ftp://here"], settings);
        Assert.Equal(2, await program.Ended.WaitAsync(SupervisorProgram.Limit, Cancellation));
        Assert.Equal(
            [
                "Listen:Grpc is \"ftp://here\"; expected http://HOST:PORT, https://HOST:PORT or unix:///PATH.",
                "Listen:SocketsMode is no setting. Did you mean \"Listen:SocketMode\"?",
                "Pool:Kepers is no setting. Did you mean \"Pool:Keepers\"?",
                "Pool:MaxCrashes is \"0\"; expected 1 to 100.",
                "Pool:WindowItems is \"lots\"; expected a whole number.",
                "Pool:Workers is \"none\"; expected a number from 1 to 1024, \"cpus\" or \"cpus-1\".",
                "Secuirty:Callers is no setting. Did you mean \"Security:Callers\"?",
            ],
            program.Log.Lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_setting_that_cannot_be_read_is_named()
    {
        await using var program = SupervisorProgram.Start([], new Dictionary<string, string> { ["Pool__WindowItems"] = "lots" });
        Assert.Equal(2, await program.Ended.WaitAsync(SupervisorProgram.Limit, Cancellation));
        Assert.Contains("WindowItems", program.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_fault_of_programs_is_told_at_once()
    {
        var settings = new Dictionary<string, string>
        {
            ["Pool__Programs__gone__Command"] = "no-such-program-anywhere {}",
            ["Pool__Programs__gone__Directory"] = "/nowhere",
            ["Pool__Programs__sound__Command"] = "cat",
            ["Pool__Programs__empty__Summary"] = "Nothing.",
            ["Pool__MaxCrashes"] = "0",
        };
        await using var program = SupervisorProgram.Start([], settings);
        Assert.Equal(2, await program.Ended.WaitAsync(SupervisorProgram.Limit, Cancellation));
        Assert.Equal(
            [
                "Pool:MaxCrashes is \"0\"; expected 1 to 100.",
                "Pool:Programs:empty:Command: there is no program. Give one, and its arguments, such as \"wc -c {}\".",
                "Pool:Programs:gone:Command: there is no program \"no-such-program-anywhere\" in the directories of PATH.",
                "Pool:Programs:gone:Directory: there is no directory /nowhere.",
            ],
            program.Log.Lines.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Pool__Programs__p__Input", "stdout")]
    [InlineData("Pool__Programs__p__Comand", "cat")]
    public async Task A_setting_of_a_program_that_cannot_be_read_is_named(string setting, string value)
    {
        await using var program = SupervisorProgram.Start([], new Dictionary<string, string> { [setting] = value });
        Assert.Equal(2, await program.Ended.WaitAsync(SupervisorProgram.Limit, Cancellation));
        Assert.Contains(setting[(setting.LastIndexOf('_') + 1)..], program.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public Task An_unknown_option_is_named() => Refuses(2, "--wrokers", "--wrokers", "2");

    private static async Task Refuses(int exitCode, string message, params string[] arguments)
    {
        await using var program = SupervisorProgram.Start(arguments);
        Assert.Equal(exitCode, await program.Ended.WaitAsync(SupervisorProgram.Limit, Cancellation));
        Assert.Contains(message, program.Log.Text, StringComparison.Ordinal);
        Assert.Empty(program.Leftovers());
    }
}
