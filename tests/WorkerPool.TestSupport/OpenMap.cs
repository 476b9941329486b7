using Grpc.Core;
using WorkerPool.Protocol.Packing;
using WorkerPool.V1;

namespace WorkerPool.TestSupport;

/// <summary>
/// A map over MapStream that a test feeds and reads by hand, so that it is open as long as the test wants. It acknowledges
/// what it reads. Disposing it leaves the call, which cancels the job if it is not over.
/// </summary>
public sealed class OpenMap : IDisposable
{
    private readonly AsyncDuplexStreamingCall<MapStreamRequest, MapStreamResponse> _call;
    private int _sent;
    private ulong _valueBytes;

    private OpenMap(AsyncDuplexStreamingCall<MapStreamRequest, MapStreamResponse> call) => _call = call;

    /// <summary>Id of the job.</summary>
    public string JobId { get; private set; } = "";

    /// <summary>The results as they came: JSON text, or an error.</summary>
    public List<(ulong Index, string? Value, ItemError? Error)> Results { get; } = [];

    /// <summary>Items sent so far.</summary>
    public int SentCount => _sent;

    /// <summary>Opens a job and sends items, as many as the window has room for.</summary>
    /// <param name="client">Where.</param>
    /// <param name="start">What.</param>
    /// <param name="items">JSON text each.</param>
    public static Task<OpenMap> StartAsync(PoolService.PoolServiceClient client, MapStart start, params IReadOnlyList<string> items) =>
        StartAsync(client, start, SupervisorProgram.Limit, items);

    /// <summary>Opens a job that may be open for longer than anything a single test does.</summary>
    /// <param name="client">Where.</param>
    /// <param name="start">What.</param>
    /// <param name="limit">How long.</param>
    /// <param name="items">JSON text each.</param>
    public static async Task<OpenMap> StartAsync(
        PoolService.PoolServiceClient client, MapStart start, TimeSpan limit, params IReadOnlyList<string> items)
    {
        var map = new OpenMap(client.MapStream(deadline: TimeProvider.System.GetUtcNow().UtcDateTime + limit));
        try
        {
            await map._call.RequestStream.WriteAsync(new MapStreamRequest { Start = start });
            await map._call.ResponseStream.MoveNext();
            map.JobId = map._call.ResponseStream.Current.Started.JobId;
            await map.SendAsync(items);
            return map;
        }
        catch
        {
            map.Dispose();
            throw;
        }
    }

    /// <summary>Sends more items.</summary>
    /// <param name="items">JSON text each.</param>
    public async Task SendAsync(IReadOnlyList<string> items)
    {
        if (items.Count == 0)
        {
            return;
        }

        var batch = new PackedRunBuilder();
        foreach (var item in items)
        {
            batch.Add(System.Text.Encoding.UTF8.GetBytes(item));
        }

        await _call.RequestStream.WriteAsync(
            new MapStreamRequest { Items = new ItemBatch { FirstIndex = (ulong)_sent, Items = batch.Take().ToMessage() } });
        _sent += items.Count;
    }

    /// <summary>Sends that no more items come.</summary>
    public Task EndInputAsync() => _call.RequestStream.WriteAsync(new MapStreamRequest { End = new InputEnd() });

    /// <summary>Reads until there are so many results.</summary>
    /// <param name="count">How many, from the start.</param>
    /// <exception cref="RpcException">The job failed.</exception>
    public async Task ReadToAsync(int count)
    {
        while (Results.Count < count)
        {
            if (await NextAsync() is { } summary)
            {
                throw new InvalidDataException($"the job ended after {Results.Count} results: {summary}");
            }
        }
    }

    /// <summary>Ends the input and reads to the end.</summary>
    /// <exception cref="RpcException">The job failed.</exception>
    public async Task<MapSummary> FinishAsync()
    {
        await EndInputAsync();
        return await ReadToEndAsync();
    }

    /// <summary>Reads to the end.</summary>
    /// <exception cref="RpcException">The job failed.</exception>
    public async Task<MapSummary> ReadToEndAsync()
    {
        MapSummary? summary;
        do
        {
            summary = await NextAsync();
        }
        while (summary is null);
        return summary;
    }

    /// <inheritdoc/>
    public void Dispose() => _call.Dispose();

    private async Task<MapSummary?> NextAsync()
    {
        if (!await _call.ResponseStream.MoveNext())
        {
            throw new InvalidDataException("the stream ended without a summary");
        }

        if (_call.ResponseStream.Current.Summary is { } summary)
        {
            return summary;
        }

        foreach (var result in ReadResults.From(_call.ResponseStream.Current.Results))
        {
            Results.Add(result);
            _valueBytes += (ulong)System.Text.Encoding.UTF8.GetByteCount(result.Value ?? "");
        }

        var taken = new Acknowledgement { Results = (ulong)Results.Count, ValueBytes = _valueBytes };
        try
        {
            await _call.RequestStream.WriteAsync(new MapStreamRequest { Acknowledgement = taken });
        }
        catch (Exception error) when (error is RpcException or InvalidOperationException)
        {
            // The call is over: how it ended, its responses tell.
        }

        return null;
    }
}
