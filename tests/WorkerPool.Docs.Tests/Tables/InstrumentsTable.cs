using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using WorkerPool.Docs.Tests.Pages;
using WorkerPool.Supervisor.Diagnostics;

namespace WorkerPool.Docs.Tests.Tables;

/// <summary>docs/metrics.md lists every instrument, with its kind, unit and labels.</summary>
public sealed class InstrumentsTable
{
    private static readonly IReadOnlyList<string[]> Rows = Page.Read("docs/metrics.md").Table("Instruments");

    [Fact]
    public void Every_instrument_has_a_row_with_its_kind_and_unit()
    {
        var rows = Rows.Select(row => (Cells.Code(row[0]), row[1], Cells.Code(row[2])));
        Assert.Equal(Measured().Instruments.Order(), rows.Order());
    }

    [Fact]
    public void Every_label_of_a_counter_or_gauge_is_named_with_each_of_its_values()
    {
        foreach (var (name, labels) in Measured().Labels)
        {
            var row = Rows.Single(row => Cells.Code(row[0]) == name);
            var named = Regex.Matches(row[3], "`([^`]+)`").Select(match => match.Groups[1].Value);
            Assert.Equal(labels.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void A_row_says_what_its_instrument_means() => Assert.All(Rows, row =>
    {
        Assert.Equal(5, row.Length);
        Assert.NotEmpty(row[4]);
    });

    private static (HashSet<(string Name, string Kind, string Unit)> Instruments, Dictionary<string, HashSet<string>> Labels) Measured()
    {
        using var metrics = new PoolMetrics(TimeProvider.System);
        metrics.Observe(() => PoolGauges.Zero, () => []);
        metrics.Functions.Of("square").Accepted++;
        var instruments = new HashSet<(string, string, string)>();
        var labels = new Dictionary<string, HashSet<string>>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter == metrics.Meter)
                {
                    instruments.Add((instrument.Name, KindOf(instrument), instrument.Unit ?? ""));
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Take(instrument, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Take(instrument, tags));
        listener.Start();
        listener.RecordObservableInstruments();
        return (instruments, labels);

        void Take(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var known = labels.TryGetValue(instrument.Name, out var some) ? some : labels[instrument.Name] = [];
            foreach (var (key, value) in tags)
            {
                known.Add(key);
                if (key != "function")
                {
                    known.Add((string)value!);
                }
            }
        }
    }

    private static string KindOf(Instrument instrument) => instrument switch
    {
        ObservableCounter<long> or ObservableCounter<double> => "counter",
        ObservableGauge<long> or ObservableGauge<double> => "gauge",
        Histogram<double> => "histogram",
        _ => instrument.GetType().Name,
    };
}
