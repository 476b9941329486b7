using WorkerPool.Processes.Settings;
using WorkerPool.Supervisor.Configuration;

namespace WorkerPool.Supervisor.Tests.Configuration;

public sealed class SettingFaultsTests
{
    [Theory]
    [InlineData("Pool:Wrokers", "4", "Pool:Wrokers is no setting. Did you mean \"Pool:Workers\"?")]
    [InlineData("Pool:Keepers:Endpoint:0", "http://a:1", "Pool:Keepers:Endpoint is no setting. Did you mean \"Pool:Keepers:Endpoints\"?")]
    [InlineData("Pool:Kepers:Dns", "a:1", "Pool:Kepers is no setting. Did you mean \"Pool:Keepers\"?")]
    [InlineData("Pool:Programs:p:Comand", "cat", "Pool:Programs:p:Comand is no setting. Did you mean \"Pool:Programs:p:Command\"?")]
    [InlineData("Pool:Buffered", "1", "Pool:Buffered is no setting. Did you mean \"Pool:MaxBufferedBytes\"?")]
    [InlineData("Pol:Workers", "4", "Pol:Workers is no setting. Did you mean \"Pool:Workers\"?")]
    [InlineData("Pools:Keepers:Dns", "a:1", "Pools:Keepers:Dns is no setting. Did you mean \"Pool:Keepers:Dns\"?")]
    public void A_name_that_there_is_not_is_told_with_the_one_that_was_meant(string name, string value, string fault) =>
        Assert.Equal([fault], FaultsOf((name, value)));

    [Fact]
    public void A_name_that_is_near_no_other_is_told_with_all_of_them() =>
        Assert.StartsWith("Pool:Keepers:Zone is no setting. There are: Ca, Certificate, Dns, DnsInterval, Endpoints, ", Assert.Single(FaultsOf(("Pool:Keepers:Zone", "a"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("Pool:WindowItems", "lots", "Pool:WindowItems is \"lots\"; expected a whole number.")]
    [InlineData("Pool:DrainGrace", "soon", "Pool:DrainGrace is \"soon\"; expected a time, such as 00:00:30.")]
    [InlineData("Pool:Programs:p:Shell", "perhaps", "Pool:Programs:p:Shell is \"perhaps\"; expected true or false.")]
    [InlineData("Pool:Programs:p:Input", "stdout", "Pool:Programs:p:Input is \"stdout\"; expected Arguments or Stdin.")]
    [InlineData("Pool:Workers:0", "4", "Pool:Workers is one setting, and has none of its own such as \"0\".")]
    [InlineData("Pool:Keepers", "here", "Pool:Keepers is \"here\", but it has settings of its own, such as Pool:Keepers:Endpoints.")]
    [InlineData("Pool:Functions", "a.dll", "Pool:Functions is \"a.dll\", but it is a list: give its entries, Pool:Functions:0 and so on (in the environment Pool__Functions__0).")]
    public void A_value_of_another_kind_is_told_with_what_was_expected(string name, string value, string fault) =>
        Assert.Equal([fault], FaultsOf((name, value)));

    [Fact]
    public void All_faults_are_told_at_once_and_each_once_and_the_rest_is_sound()
    {
        var faults = new List<string>();
        var sound = SettingFaults.Find(
            Settings(("Pool:Kepers:Dns", "a:1"), ("Pool:Kepers:Lease", "00:00:10"), ("Pool:WindowItems", "lots"), ("Pool:Spares", "1"), ("pool:workers", "3")),
            PoolOptions.Section, typeof(PoolOptions), faults);
        Assert.Equal(["Pool:Kepers is no setting. Did you mean \"Pool:Keepers\"?", "Pool:WindowItems is \"lots\"; expected a whole number."], faults);
        Assert.Equal(["Pool:Spares", "pool:workers"], sound.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Pool:Functions:0", "a.dll")]
    [InlineData("Pool:Functions", "")]
    [InlineData("Pool:Programs:p:Command", "wc -c {}")]
    [InlineData("Pool:Programs:p:Command:0", "wc")]
    [InlineData("Pool:Programs:p:Environment:LANG", "C")]
    [InlineData("POOL:DRAINGRACE", "00:01:00")]
    [InlineData("Path:Workers", "no affair of ours")]
    [InlineData("Pol:Something", "no affair of ours either")]
    public void What_is_sound_is_no_fault(string name, string value) => Assert.Empty(FaultsOf((name, value)));

    private static List<string> FaultsOf(params (string Name, string Value)[] settings)
    {
        var faults = new List<string>();
        SettingFaults.Find(Settings(settings), PoolOptions.Section, typeof(PoolOptions), faults);
        return faults;
    }

    private static IEnumerable<KeyValuePair<string, string?>> Settings(params (string Name, string Value)[] settings) =>
        settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Name, setting.Value));
}
