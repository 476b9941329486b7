namespace WorkerPool.Client.Tests.Connecting;

public sealed class PoolProfileTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("wp-profiles-");
    private readonly Dictionary<string, string> _environment = [];

    private string Config => Path.Combine(_directory.CreateSubdirectory("workerpool").FullName, "config.json");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void A_profile_has_all_that_is_needed_and_its_paths_are_read_from_where_the_file_is()
    {
        Write("""{"profiles":{"prod":{"address":"https://a:1,https://b:1","tokenFile":"prod.token","ca":"/etc/ca.crt","certificate":"me.crt","key":"me.key"}}}""");
        var profile = Load("prod");
        Assert.Equal(["https://a:1", "https://b:1"], profile.Addresses);
        var folder = Path.GetDirectoryName(Config)!;
        Assert.Equal(
            (Path.Combine(folder, "prod.token"), "/etc/ca.crt", Path.Combine(folder, "me.crt"), Path.Combine(folder, "me.key")),
            (profile.TokenFile, profile.CaFile, profile.CertificateFile, profile.KeyFile));
        Assert.Equal(profile.TokenFile, profile.ToOptions().TokenFile);
    }

    [Fact]
    public void What_is_given_goes_before_the_environment_and_that_before_the_profile()
    {
        Write("""{"profile":"dev","profiles":{"dev":{"address":"http://dev:1","ca":"dev.crt","tokenFile":"dev.token"},"prod":{"address":"http://prod:1"}}}""");
        Assert.Equal("http://dev:1", Assert.Single(Load().Addresses));
        _environment["WORKERPOOL_PROFILE"] = "prod";
        Assert.Equal("http://prod:1", Assert.Single(Load().Addresses));
        Assert.Equal("http://dev:1", Assert.Single(Load("dev").Addresses));
        _environment["WORKERPOOL_ADDRESS"] = "http://env:1";
        _environment["WORKERPOOL_TOKEN"] = "wpt_env";
        var profile = Load("dev");
        Assert.Equal(("http://env:1", "wpt_env", null), (profile.Addresses[0], profile.Token, profile.TokenFile));
        var given = PoolProfile.Load(new PoolProfile { Addresses = ["http://given:1"], TokenFile = "given.token" }, Environment);
        Assert.Equal(("http://given:1", null, "given.token"), (given.Addresses[0], given.Token, given.TokenFile));
    }

    [Fact]
    public void The_token_of_a_profile_that_nobody_named_does_not_go_to_another_address()
    {
        Write("""{"profile":"dev","profiles":{"dev":{"address":"http://dev:1","tokenFile":"dev.token"}}}""");
        Assert.Null(PoolProfile.Load(new PoolProfile { Addresses = ["http://other:1"] }, Environment).TokenFile);
        _environment["WORKERPOOL_ADDRESS"] = "http://env:1";
        Assert.Null(Load().TokenFile);
    }

    [Fact]
    public void Without_a_file_and_an_environment_there_is_nothing()
    {
        Assert.Empty(Load().Addresses);
        Assert.Throws<ArgumentException>(() => Pool.Connect(Load()));
    }

    [Theory]
    [InlineData("""{"profiles":{"prod":{}}}""", "pord", "has no profile \"pord\". Did you mean \"prod\"?")]
    [InlineData("""{"profiles":{"prod":{},"dev":{}}}""", "something", "There are: dev, prod.")]
    [InlineData("""{"profiles":{}}""", "prod", "has no profiles, and \"prod\" was asked for.")]
    [InlineData("""{"profiles":{"prod":{"adress":"http://a:1"}}}""", "prod", "profile \"prod\" has no \"adress\". Did you mean \"address\"?")]
    [InlineData("""{"profiles":{"prod":{"address":1}}}""", "prod", "profile \"prod\" \"address\" is not a text")]
    [InlineData("""{"profiles":[]}""", "prod", "profiles is not an object")]
    [InlineData("{", "prod", "is not JSON")]
    public void What_is_wrong_with_the_file_is_said_with_its_path(string text, string name, string message)
    {
        Write(text);
        var error = Assert.Throws<ProfileException>(() => Load(name));
        Assert.Equal("PROFILE_INVALID", error.Reason);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(Config, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_named_has_to_be_there_and_a_profile_needs_one()
    {
        Assert.Contains("There is no file of profiles", Assert.Throws<ProfileException>(() => Load("prod")).Message, StringComparison.Ordinal);
        _environment["WORKERPOOL_CONFIG"] = "/does/not/exist.json";
        Assert.Contains("/does/not/exist.json", Assert.Throws<ProfileException>(() => Load()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_a_token_that_others_may_read_is_refused()
    {
        Write("""{"profiles":{"prod":{"address":"https://a:1","token":"wpt_secret"}}}""", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var error = Assert.Throws<ProfileException>(() => Load("prod"));
        Assert.Contains($"chmod 600 {Config}", error.Message, StringComparison.Ordinal);
        Write("""{"profiles":{"prod":{"address":"https://a:1","token":"wpt_secret"}}}""");
        Assert.Equal("wpt_secret", Load("prod").Token);
    }

    [Fact]
    public void A_token_is_not_printed_with_what_holds_it()
    {
        var profile = new PoolProfile { Token = "wpt_secret", Addresses = ["https://a:1"] };
        Assert.DoesNotContain("wpt_secret", profile.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("wpt_secret", profile.ToOptions().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_does_not_travel_in_clear_to_another_machine()
    {
        var options = new PoolOptions { Token = "wpt_secret" };
        var error = Assert.Throws<ArgumentException>(() => Pool.Connect("http://pool.example:50051", options));
        Assert.Contains("http://pool.example:50051", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wpt_secret", error.Message, StringComparison.Ordinal);
        foreach (var address in new[] { "http://127.0.0.1:1", "http://localhost:1", "unix:///run/pool.sock", "https://pool.example:1" })
        {
            Assert.Equal(address, Pool.Connect(address, options).Address);
        }

        Assert.NotNull(Pool.Connect("http://pool.example:50051", options with { AllowTokenInClear = true }));
    }

    [Fact]
    public void What_cannot_be_connected_with_is_said_at_once()
    {
        Refuses("expected one of them", new PoolOptions { Token = "a", TokenFile = "b" });
        Refuses("characters that no token has", new PoolOptions { Token = "a b" });
        Refuses("/does/not/exist", new PoolOptions { TokenFile = "/does/not/exist" });
        Refuses("/does/not/exist", new PoolOptions { CaFile = "/does/not/exist" });
        Refuses("give both, or none", new PoolOptions { CertificateFile = "a.crt" });
        Write("{}");
        Refuses("holds no certificate in PEM form", new PoolOptions { CaFile = Config });
        Refuses("leave out CaFile", new PoolOptions { CaFile = "a", Tls = new() });

        static void Refuses(string message, PoolOptions options) => Assert.Contains(
            message, Assert.Throws<ArgumentException>(() => Pool.Connect("https://localhost:1", options)).Message, StringComparison.Ordinal);
    }

    private void Write(string text, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        File.WriteAllText(Config, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Config, mode);
        }
    }

    private string? Environment(string name) => name == "XDG_CONFIG_HOME" ? _directory.FullName : _environment.GetValueOrDefault(name);

    private PoolProfile Load(string? name = null) => PoolProfile.Load(new PoolProfile { Name = name }, Environment);
}
