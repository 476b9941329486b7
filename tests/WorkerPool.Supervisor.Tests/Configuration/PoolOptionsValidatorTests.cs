using WorkerPool.Supervisor.Configuration;

namespace WorkerPool.Supervisor.Tests.Configuration;

public sealed class PoolOptionsValidatorTests
{
    public static TheoryData<string, Action<PoolOptions>> Faults { get; } = new()
    {
        { "Workers", options => options.Workers = "many" },
        { "Concurrency", options => options.Concurrency = 257 },
        { "WindowItems", options => options.WindowItems = 0 },
        { "WindowBytes", options => options.WindowBytes = (4L * options.MaxItemBytes) - 1 },
        { "MaxItemBytes", options => options.MaxItemBytes = 0 },
        { "MaxValueBytes", options => options.MaxValueBytes = -1 },
        { "MaxCrashes", options => options.MaxCrashes = 101 },
        { "MaxCrashes", options => options.MaxCrashes = 0 },
        { "MaxRestarts", options => options.MaxRestarts = 0 },
        { "StartTimeout", options => options.StartTimeout = TimeSpan.Zero },
        { "RestartPeriod", options => options.RestartPeriod = TimeSpan.Zero },
        { "HealthInterval", options => options.HealthInterval = TimeSpan.Zero },
        { "SilenceLimit", options => options.SilenceLimit = options.HealthInterval },
        { "CancellationGrace", options => options.CancellationGrace = TimeSpan.Zero },
        { "DrainGrace", options => options.DrainGrace = TimeSpan.FromSeconds(-1) },
    };

    [Fact]
    public void The_defaults_are_sound() => Assert.True(Validate(new PoolOptions()).Succeeded);

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_setting_out_of_its_range_is_named_with_what_it_got(string setting, Action<PoolOptions> spoil)
    {
        var options = new PoolOptions();
        spoil(options);
        var fault = Assert.Single(Validate(options).Failures!);
        var got = typeof(PoolOptions).GetProperty(setting)!.GetValue(options);
        Assert.StartsWith($"Pool:{setting} is \"{got}\"; expected ", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_is_reported_at_once()
    {
        var options = new PoolOptions();
        foreach (var (_, spoil) in Faults.Select(row => row.Data))
        {
            spoil(options);
        }

        var failures = Validate(options).Failures!.ToList();
        Assert.Equal(
            Faults.Select(row => row.Data.Item1).Where(setting => setting != "WindowBytes").Distinct().Order(),
            failures.Select(failure => failure.Split(':', ' ')[1]).Where(setting => setting != "WindowBytes").Order());
    }

    [Theory]
    [InlineData("Endpoints:0 is \"tcp://x:1\"; expected http://HOST:PORT, or https://HOST:PORT with Pool:Keepers:Certificate, Key and Ca.", "tcp://x:1", "")]
    [InlineData("Endpoints:0 is \"keeper\"; expected http://HOST:PORT, or https://HOST:PORT with Pool:Keepers:Certificate, Key and Ca.", "keeper", "")]
    [InlineData("Dns is \"workers\"; expected HOST:PORT.", null, "workers")]
    [InlineData("Dns is \"workers:50060/x\"; expected HOST:PORT.", null, "workers:50060/x")]
    [InlineData("has Endpoints and Dns; expected one of them.", "http://keeper:50060", "workers:50060")]
    public void Where_keepers_are_is_checked(string expected, string? endpoint, string dns)
    {
        var options = new PoolOptions { Keepers = { Dns = dns } };
        if (endpoint is not null)
        {
            options.Keepers.Endpoints.Add(endpoint);
        }

        Assert.EndsWith(expected, Assert.Single(Validate(options).Failures!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Service is \"Workers\"; expected NAME or NAMESPACE/NAME of a service of Kubernetes.", "Workers", "keeper", "")]
    [InlineData("Service is \"a/b/c\"; expected NAME or NAMESPACE/NAME of a service of Kubernetes.", "a/b/c", "keeper", "")]
    [InlineData("Service is \"workers:50060\"; expected NAME or NAMESPACE/NAME of a service of Kubernetes.", "workers:50060", "keeper", "")]
    [InlineData("Service is \"/workers\"; expected NAME or NAMESPACE/NAME of a service of Kubernetes.", "/workers", "keeper", "")]
    [InlineData("ServicePort is \"0\"; expected the name of a port, or 1 to 65535.", "texts/workers", "0", "")]
    [InlineData("ServicePort is \"65536\"; expected the name of a port, or 1 to 65535.", "workers", "65536", "")]
    [InlineData("ServicePort is \"\"; expected the name of a port, or 1 to 65535.", "workers", "", "")]
    [InlineData("ServicePort is \"Keeper port\"; expected the name of a port, or 1 to 65535.", "workers", "Keeper port", "")]
    [InlineData("Kubeconfig is \"config\", but there is no Pool:Keepers:Service to look up with it; expected both, or neither.", "", "keeper", "config")]
    [InlineData(null, "texts/workers-1", "50060", "config")]
    [InlineData(null, "1workers", "keeper-2", "")]
    public void A_service_is_checked(string? expected, string service, string port, string kubeconfig)
    {
        var options = new PoolOptions { Keepers = { Service = service, ServicePort = port, Kubeconfig = kubeconfig } };
        Assert.Equal(expected is null ? [] : [$"Pool:Keepers:{expected}"], Validate(options).Failures ?? []);
    }

    [Fact]
    public void There_is_one_way_to_find_keepers()
    {
        var options = new PoolOptions { Keepers = { Dns = "workers:50060", Service = "workers", Endpoints = { "http://keeper:50060" } } };
        Assert.Equal(["Pool:Keepers has Endpoints and Dns and Service; expected one of them."], Validate(options).Failures!);
    }

    [Fact]
    public void Functions_are_for_keepers_to_load_where_there_are_any()
    {
        var options = new PoolOptions { Keepers = { Dns = "workers:50060" }, Functions = { "Texts.dll" } };
        Assert.Contains("give them to the keepers", Assert.Single(Validate(options).Failures!), StringComparison.Ordinal);
    }

    private static Microsoft.Extensions.Options.ValidateOptionsResult Validate(PoolOptions options) =>
        new PoolOptionsValidator().Validate(null, options);
}
