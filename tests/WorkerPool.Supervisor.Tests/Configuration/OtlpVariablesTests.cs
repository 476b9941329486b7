using WorkerPool.Processes;

namespace WorkerPool.Supervisor.Tests.Configuration;

public sealed class OtlpVariablesTests
{
    [Theory]
    [InlineData("", false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317", true, true)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://c:4317", true, false)]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=http://c:4317", false, true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317 OTEL_TRACES_EXPORTER=none", false, true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317 OTEL_METRICS_EXPORTER=console,otlp OTEL_TRACES_EXPORTER=otlp", true, true)]
    [InlineData("OTEL_TRACES_EXPORTER=otlp", false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317 OTEL_SDK_DISABLED=TRUE", false, false)]
    public void Nothing_is_sent_unless_a_place_is_named_and_nobody_turned_it_off(string variables, bool spans, bool measurements)
    {
        var set = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(each => each.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        Assert.Equal(
            (spans, measurements),
            (OtlpVariables.AreSpansWanted(set.GetValueOrDefault), OtlpVariables.AreMeasurementsWanted(set.GetValueOrDefault)));
    }
}
