using System.Diagnostics.Metrics;
using WorkerPool.Supervisor.Diagnostics;

namespace WorkerPool.Supervisor.Tests.Diagnostics;

/// <summary>Listens to the instruments of one pool.</summary>
internal sealed class Readings : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, double> _observed = [];
    private readonly List<(string Instrument, double Value, string Labels)> _recorded = [];

    public Readings(PoolMetrics metrics)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == metrics.Meter)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>What histograms were told.</summary>
    public IReadOnlyList<(string Instrument, double Value, string Labels)> Recorded => _recorded;

    /// <summary>What a counter or gauge says now; its labels as "a=1,b=2".</summary>
    public double Read(string instrument, string labels = "")
    {
        _observed.Clear();
        _listener.RecordObservableInstruments();
        return _observed[$"{instrument}{{{labels}}}"];
    }

    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
        if (instrument.IsObservable)
        {
            _observed.Add($"{instrument.Name}{{{labels}}}", value);
        }
        else
        {
            _recorded.Add((instrument.Name, value, labels));
        }
    }
}
