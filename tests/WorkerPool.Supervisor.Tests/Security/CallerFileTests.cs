using WorkerPool.Supervisor.Security;

namespace WorkerPool.Supervisor.Tests.Security;

public sealed class CallerFileTests
{
    private static readonly string Hash = ApiToken.HashOf("wpt_x");
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_line_is_a_caller_with_its_role_and_limits()
    {
        var text = $$"""
            # Of the build machines.
            {"name":"ci","role":"submitter","token":"{{Hash}}","maxOpenJobs":2,"maxOpenApplies":3,"maxBufferedBytes":4194304,"requestsPerSecond":5,"weight":0.5}

            {"name":"alice","role":"admin","certificate":"URI:spiffe://pool/alice","expires":"2027-01-31"}
            """;
        var lines = CallerFile.Read(text, out var faults);
        Assert.Empty(faults);
        Assert.Equal(new Caller("ci", Role.Submitter, new CallerLimits(2, 3, 4 << 20, 5, 0.5)), lines[0].Caller);
        Assert.Equal(("URI:spiffe://pool/alice", new DateTimeOffset(2027, 1, 31, 0, 0, 0, TimeSpan.Zero)), (lines[1].Certificate, lines[1].Expires));
    }

    [Theory]
    [InlineData("""{"nam":"x","role":"viewer","certificate":"CN:x"}""", "there is no \"nam\"; did you mean \"name\"")]
    [InlineData("""{"role":"viewer","certificate":"CN:x"}""", "\"name\" is missing")]
    [InlineData("""{"name":"x","role":"root","certificate":"CN:x"}""", "\"role\" is \"root\"; expected viewer, submitter or admin")]
    [InlineData("""{"name":"x","role":"viewer"}""", "either \"token\" or \"certificate\"")]
    [InlineData("""{"name":"x","role":"viewer","certificate":"x"}""", "\"certificate\" is \"x\"; expected a name with its kind")]
    [InlineData("""{"name":"x","role":"viewer","certificate":"CN:x","weight":0}""", "\"weight\" is 0")]
    [InlineData("""{"name":"x","role":"viewer","certificate":"CN:x","maxOpenJobs":1.5}""", "\"maxOpenJobs\" is 1.5")]
    [InlineData("""{"name":"x","role":"viewer","certificate":"CN:x","expires":"soon"}""", "\"expires\" is \"soon\"")]
    [InlineData("""{"name":"x","role":"viewer","certificate":"CN:x","name":"y"}""", "\"name\" is given twice")]
    [InlineData("""["x"]""", "not one JSON object")]
    [InlineData("nonsense", "not one JSON object")]
    public void What_is_wrong_is_told_with_its_line(string line, string fault)
    {
        CallerFile.Read("\n" + line, out var faults);
        Assert.Contains(faults, each => each.StartsWith("line 2: ", StringComparison.Ordinal) && each.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void All_faults_of_all_lines_are_told_at_once()
    {
        CallerFile.Read("{\"name\":\"x\"}\n{}", out var faults);
        Assert.Equal(5, faults.Count);
    }

    [Fact]
    public void A_token_in_place_of_its_hash_is_refused_and_not_repeated()
    {
        CallerFile.Read("""{"name":"x","role":"viewer","token":"wpt_secret"}""", out var faults);
        Assert.DoesNotContain("wpt_secret", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_of_one_name_are_one_caller_with_several_tokens()
    {
        var other = ApiToken.HashOf("wpt_y");
        var line = """{"name":"ci","role":"viewer","token":"HASH"}""";
        var list = new CallerList(CallerFile.Read(line.Replace("HASH", Hash) + "\n" + line.Replace("HASH", other), out _));
        Assert.Equal(1, list.Count);
        Assert.Equal(list.OfToken("wpt_x", Now, out _), list.OfToken("wpt_y", Now, out _));
        CallerFile.Read(line.Replace("HASH", Hash) + "\n" + line.Replace("HASH", other).Replace("viewer", "admin"), out var faults);
        Assert.Contains("another role", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_callers_is_none() => AssertFault("# nobody\n", "names no caller");

    [Fact]
    public void An_unknown_token_is_nobodys_and_one_that_has_expired_neither()
    {
        var list = new CallerList(CallerFile.Read($$"""{"name":"ci","role":"viewer","token":"{{Hash}}","expires":"2026-06-02"}""", out _));
        Assert.NotNull(list.OfToken("wpt_x", Now, out _));
        Assert.Null(list.OfToken("wpt_y", Now, out var problem));
        Assert.Contains("not one that this pool knows", problem, StringComparison.Ordinal);
        Assert.Null(list.OfToken("", Now, out _));
        Assert.Null(list.OfToken("wpt_x", Now.AddDays(1), out problem));
        Assert.Contains("\"ci\" expired on 2026-06-02", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_is_random_and_its_hash_alone_is_kept()
    {
        var token = ApiToken.New();
        Assert.NotEqual(token, ApiToken.New());
        Assert.Equal("wpt_".Length + 43, token.Length);
        Assert.Matches("^sha256:[0-9a-f]{64}$", ApiToken.HashOf(token));
        Assert.True(ApiToken.TryReadHash(ApiToken.HashOf(token), out var digest));
        Assert.Equal(ApiToken.Digest(token), digest);
        Assert.False(ApiToken.TryReadHash("sha256:zz", out _));
    }

    private static void AssertFault(string text, string fault)
    {
        CallerFile.Read(text, out var faults);
        Assert.Contains(fault, Assert.Single(faults), StringComparison.Ordinal);
    }
}
