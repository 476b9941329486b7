using WorkerPool.V1;

namespace WorkerPool.Functional.Tests;

/// <summary>A map that always has items waiting, until it is disposed of, which ends it and checks its account.</summary>
internal sealed class EndlessMap : IAsyncDisposable
{
    private const int Ahead = 5000;
    private readonly OpenMap _map;
    private readonly IReadOnlyList<string> _items;
    private readonly Task _running;
    private volatile bool _isStopping;

    private EndlessMap(OpenMap map, string item)
    {
        _map = map;
        _items = [.. Enumerable.Repeat(item, Ahead)];
        _running = Task.Run(RunAsync);
    }

    /// <summary>Starts one and waits until it runs.</summary>
    public static async Task<EndlessMap> StartAsync(PoolService.PoolServiceClient client, MapStart start, string item)
    {
        var map = await OpenMap.StartAsync(client, start, [.. Enumerable.Repeat(item, Ahead)]);
        await map.ReadToAsync(1);
        return new EndlessMap(map, item);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isStopping = true;
        await _running;
        _map.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_isStopping)
        {
            await _map.ReadToAsync(_map.Results.Count + 1);
            if (_map.SentCount - _map.Results.Count < Ahead)
            {
                await _map.SendAsync(_items);
            }
        }
    }
}
