namespace WorkerPool.Processes;

/// <summary>What the standard variables of OpenTelemetry say of exporting: nothing is sent anywhere unless they name a place.</summary>
public static class OtlpVariables
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Whether spans are to be sent: a place for them is named, and they are not turned off.</summary>
    /// <param name="read">Reads a variable.</param>
    public static bool AreSpansWanted(Func<string, string?> read) => AreWanted(read, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_TRACES_EXPORTER");

    /// <summary>Whether measurements are to be sent: a place for them is named, and they are not turned off.</summary>
    /// <param name="read">Reads a variable.</param>
    public static bool AreMeasurementsWanted(Func<string, string?> read) => AreWanted(read, "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "OTEL_METRICS_EXPORTER");

    private static bool AreWanted(Func<string, string?> read, string own, string exporter) =>
        !string.Equals(read("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase)
        && (read(exporter) is not { Length: > 0 } named || named.Split(',', StringSplitOptions.TrimEntries).Contains("otlp"))
        && !(string.IsNullOrEmpty(read(own)) && string.IsNullOrEmpty(read(Endpoint)));
}
