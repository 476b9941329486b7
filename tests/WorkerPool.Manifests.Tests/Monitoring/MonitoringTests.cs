using System.Text.Json;
using System.Text.RegularExpressions;
using k8s;
using k8s.Models;
using WorkerPool.Manifests.Tests.Building;
using WorkerPool.Manifests.Tests.CustomResources;
using WorkerPool.TestSupport;
using WorkerPool.V1;

namespace WorkerPool.Manifests.Tests.Monitoring;

/// <summary>Alert rules and dashboard: sound, of measurements that there are, and proven by a Prometheus that scrapes a Supervisor.</summary>
public sealed partial class MonitoringTests : IDisposable
{
    private readonly string _rules = Path.Combine(Path.GetTempPath(), $"wp-rules-{Guid.NewGuid():N}.yml");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Overlay Shown => Overlay.Of("k8s/overlays/monitoring");

    private static RuleFile Rules => Shown.One<PrometheusRule>("workerpool").Spec;

    private static JsonElement Dashboard => JsonDocument.Parse(Shown.One<V1ConfigMap>("workerpool-dashboard").Data["workerpool.json"]).RootElement;

    public void Dispose() => File.Delete(_rules);

    [Fact]
    public async Task Promtool_finds_nothing_wrong_with_the_alert_rules()
    {
        WriteRules();
        Assert.Contains($"{Rules.Groups.Sum(group => group.Rules.Count)} rules found", await PrometheusTool.CheckAsync("check", "rules", "--lint=all", "--lint-fatal", _rules), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_alert_fires_when_it_should_and_no_sooner()
    {
        WriteRules();
        var cases = Path.Combine(Repository.Root, "tests/WorkerPool.Manifests.Tests/Monitoring/alert-cases.yaml");
        var copy = $"{_rules}.cases.yml";
        try
        {
            var text = await File.ReadAllTextAsync(cases, Cancellation);
            Assert.All(Rules.Groups.SelectMany(group => group.Rules), rule => Assert.Contains($"alertname: {rule.Alert}\n", text, StringComparison.Ordinal));
            await File.WriteAllTextAsync(copy, text.Replace("RULES", _rules, StringComparison.Ordinal), Cancellation);
            await PrometheusTool.CheckAsync("test", "rules", copy);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    [Fact]
    public void Each_alert_says_what_is_wrong_how_much_it_matters_and_where_to_look() => Assert.All(Rules.Groups.SelectMany(group => group.Rules), rule =>
    {
        Assert.Contains(rule.Labels["severity"], (string[])["critical", "warning"]);
        Assert.NotEmpty(rule.Annotations["summary"]);
        Assert.NotEmpty(rule.Annotations["description"]);
        Assert.Contains($"| `{rule.Alert}` |", Repository.Read("docs/metrics.md"), StringComparison.Ordinal);
    });

    [Fact]
    public async Task A_prometheus_that_scrapes_a_supervisor_has_all_that_rules_and_dashboard_ask_for()
    {
        PrometheusTool.Require("prometheus");
        WriteRules();
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 2);
        var victim = await supervisor.WorkerProcessIdAsync(slot: 1);
        ProcessSignals.Send(victim, ProcessSignals.Kill);
        await supervisor.WorkerProcessIdAsync(slot: 1, incarnation: 2);
        await StreamedMap.RunAsync(supervisor.Client, new MapStart { Function = "square" }, [.. Enumerable.Range(0, 1000).Select(number => $"{number}")]);
        await supervisor.Client.ApplyAsync(new ApplyRequest { Function = "square", JsonValue = "2" }, cancellationToken: Cancellation);

        await using var prometheus = await RunningPrometheus.StartAsync(supervisor.HttpAddress, _rules);
        await prometheus.AskAsync("query?query=workerpool_items_answered_total", data => data.GetProperty("result").GetArrayLength() > 0);
        Assert.Equal("1", Value(await prometheus.QueryAsync("up{job=\"workerpool\"}")));
        Assert.Equal("1001", Value(await prometheus.QueryAsync("sum(workerpool_items_answered_total{outcome=\"succeeded\"})")));
        Assert.Equal("1", Value(await prometheus.QueryAsync("sum(workerpool_worker_restarts_total{cause=\"signal\"})")));

        var queries = Queries().ToList();
        Assert.True(queries.Count > 25);
        foreach (var (place, query) in queries)
        {
            // Windows of time are shorter here than there, since nothing is as old as those.
            await prometheus.QueryAsync(WindowPattern().Replace(query, "[5s]").Replace("$instance", ".*", StringComparison.Ordinal));
            foreach (var metric in MetricPattern().Matches(query).Select(match => match.Value))
            {
                Assert.True((await prometheus.QueryAsync($"count({metric})")).Count == 1, $"{place} asks for {metric}, which is not there.");
            }

            foreach (Match label in LabelPattern().Matches(query))
            {
                foreach (var value in label.Groups[2].Value.Split('|'))
                {
                    Assert.True(IsLabel(label.Groups[1].Value, value), $"{place} asks for {label.Value}, which no measurement has.");
                }
            }
        }

        var evaluated = await prometheus.AskAsync("rules", data => RulesIn(data).All(rule => rule.GetProperty("health").GetString() != "unknown"));
        Assert.All(RulesIn(evaluated), rule =>
        {
            Assert.Equal("ok", rule.GetProperty("health").GetString());

            // Pending it may be: on a busy machine for a moment too few workers are ready.
            Assert.NotEqual("firing", rule.GetProperty("state").GetString());
        });
    }

    private static IEnumerable<JsonElement> RulesIn(JsonElement data) =>
        data.GetProperty("groups").EnumerateArray().SelectMany(group => group.GetProperty("rules").EnumerateArray());

    // What a label may say stands on the page of the measurements, which another test holds against the code.
    private static bool IsLabel(string name, string value) => name == "instance"
        || Repository.Read("docs/metrics.md").Split('\n').Any(line =>
            line.StartsWith("| `workerpool.", StringComparison.Ordinal) && line.Contains($"`{name}`", StringComparison.Ordinal) && line.Contains($"`{value}`", StringComparison.Ordinal));

    private static string Value(IReadOnlyList<JsonElement> result) => Assert.Single(result).GetProperty("value")[1].GetString()!;

    private static IEnumerable<(string Place, string Query)> Queries() => Rules.Groups
        .SelectMany(group => group.Rules)
        .Select(rule => (rule.Alert, rule.Expr))
        .Concat(Dashboard.GetProperty("panels").EnumerateArray().SelectMany(panel => panel.GetProperty("targets").EnumerateArray()
            .Select(target => (panel.GetProperty("title").GetString()!, target.GetProperty("expr").GetString()!))));

    private void WriteRules() => File.WriteAllText(_rules, KubernetesYaml.Serialize(Rules));

    [GeneratedRegex(@"\bworkerpool_\w+")]
    private static partial Regex MetricPattern();

    [GeneratedRegex(@"\[[^\]]+\]")]
    private static partial Regex WindowPattern();

    [GeneratedRegex(@"\b(\w+)=~?""([^""]+)""")]
    private static partial Regex LabelPattern();
}
