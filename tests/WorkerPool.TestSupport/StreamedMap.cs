using Grpc.Core;
using WorkerPool.Protocol.Packing;
using WorkerPool.V1;

namespace WorkerPool.TestSupport;

/// <summary>A map over MapStream as its contract says: items as far as the window allows, results acknowledged.</summary>
public sealed class StreamedMap
{
    private const int BatchItems = 1000;
    private readonly AsyncDuplexStreamingCall<MapStreamRequest, MapStreamResponse> _call;
    private readonly IReadOnlyList<string> _items;
    private int _sent;
    private ulong _valueBytes;

    private StreamedMap(AsyncDuplexStreamingCall<MapStreamRequest, MapStreamResponse> call, IReadOnlyList<string> items)
    {
        _call = call;
        _items = items;
    }

    /// <summary>What was told at its start.</summary>
    public MapStarted Started { get; private set; } = new();

    /// <summary>The results as they came: JSON text, or an error.</summary>
    public List<(ulong Index, string? Value, ItemError? Error)> Results { get; } = [];

    /// <summary>Its closing account.</summary>
    public MapSummary? Summary { get; private set; }

    /// <summary>Runs a map to its end.</summary>
    /// <param name="client">Where.</param>
    /// <param name="start">What.</param>
    /// <param name="items">JSON text each.</param>
    /// <param name="whenResultsCame">Called each time that results have come.</param>
    /// <param name="limit">What takes longer hangs. Default: that of everything.</param>
    public static async Task<StreamedMap> RunAsync(
        PoolService.PoolServiceClient client,
        MapStart start,
        IReadOnlyList<string> items,
        Action<StreamedMap>? whenResultsCame = null,
        TimeSpan? limit = null)
    {
        using var call = client.MapStream(deadline: TimeProvider.System.GetUtcNow().UtcDateTime + (limit ?? SupervisorProgram.Limit));
        var map = new StreamedMap(call, items);
        await map.WriteAsync(new MapStreamRequest { Start = start });
        await foreach (var response in call.ResponseStream.ReadAllAsync())
        {
            switch (response.EventCase)
            {
                case MapStreamResponse.EventOneofCase.Started:
                    map.Started = response.Started;
                    break;
                case MapStreamResponse.EventOneofCase.Results:
                    map.Take(response.Results);
                    whenResultsCame?.Invoke(map);
                    await map.AcknowledgeAsync();
                    break;
                case MapStreamResponse.EventOneofCase.Summary:
                    map.Summary = response.Summary;
                    continue;
            }

            await map.SendAsync();
        }

        return map;
    }

    private async Task SendAsync()
    {
        while (_sent < _items.Count && Room > 0)
        {
            var first = (ulong)_sent;
            var batch = new PackedRunBuilder();
            for (var most = Math.Min(BatchItems, Room); batch.Count < most && _sent < _items.Count; _sent++)
            {
                batch.Add(System.Text.Encoding.UTF8.GetBytes(_items[_sent]));
            }

            await WriteAsync(
                new MapStreamRequest { Items = new ItemBatch { FirstIndex = first, Items = batch.Take().ToMessage() } });
            if (_sent == _items.Count)
            {
                await WriteAsync(new MapStreamRequest { End = new InputEnd() });
            }
        }
    }

    private int Room => (int)Started.WindowItems - (_sent - Results.Count);

    private Task AcknowledgeAsync() => WriteAsync(new MapStreamRequest
    {
        Acknowledgement = new Acknowledgement { Results = (ulong)Results.Count, ValueBytes = _valueBytes },
    });

    private async Task WriteAsync(MapStreamRequest request)
    {
        try
        {
            await _call.RequestStream.WriteAsync(request);
        }
        catch (Exception error) when (error is RpcException or InvalidOperationException)
        {
            // The call is over: how it ended, its responses tell.
        }
    }

    private void Take(ResultBatches results)
    {
        foreach (var result in ReadResults.From(results))
        {
            Results.Add(result);
            _valueBytes += (ulong)System.Text.Encoding.UTF8.GetByteCount(result.Value ?? "");
        }
    }
}
