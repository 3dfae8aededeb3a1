using System.Diagnostics.Metrics;

namespace ExchangeBus.Benchmarks.Measuring;

/// <summary>Counts and adds up what a histogram records, from now until this is disposed of.</summary>
internal sealed class Recordings : IDisposable
{
    private readonly Lock _gate = new();
    private readonly MeterListener _listener = new();
    private readonly (string Name, string Value) _tag;
    private long _count;
    private double _sum;

    /// <summary>Listens to one instrument of one meter, and takes only what has the tag: all contenders share the process.</summary>
    internal Recordings(string meter, string instrument, (string Name, string Value) tag)
    {
        _tag = tag;
        _listener.InstrumentPublished = (published, listener) =>
        {
            if (published.Meter.Name == meter && published.Name == instrument)
                listener.EnableMeasurementEvents(published);
        };
        _listener.SetMeasurementEventCallback<double>((_, value, tags, _) => Add(value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, _) => Add(value, tags));
        _listener.Start();
    }

    internal long Count
    {
        get
        {
            lock (_gate)
                return _count;
        }
    }

    internal double Mean
    {
        get
        {
            lock (_gate)
                return _count == 0 ? 0 : _sum / _count;
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var tag in tags)
        {
            if (tag.Key != _tag.Name || tag.Value as string != _tag.Value)
                continue;
            lock (_gate)
            {
                _count++;
                _sum += value;
            }
        }
    }
}
