using WorkerPool.Processes;
using WorkerPool.WorkerHost.Functions;
using WorkerPool.WorkerHost.Functions.Describing;
using WorkerPool.WorkerHost.Session;

namespace WorkerPool.WorkerHost.Hosting;

/// <summary>A worker and its server, from listening to the end of its one session: the only one of a process, or one of several.</summary>
internal sealed class HostedWorker : IAsyncDisposable
{
    /// <summary>How long open calls may take to end.</summary>
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(1);

    private readonly WorkerSession _session;
    private readonly WorkerService _service;
    private readonly WebApplication _server;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostedWorker(FunctionCatalogue catalogue, FlightRecorder recorder, string socket)
    {
        _session = new WorkerSession(catalogue, recorder, TimeProvider.System, SessionLimits.Default);
        _service = new WorkerService(_session, new FunctionDetails(catalogue), () => _ended.TrySetResult());
        _server = WorkerServer.Build(socket, _service);
    }

    /// <summary>Completes when the session has ended, or the worker was asked to end before it had one.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Completes when nothing notes items in the recorder any more; never, if an item does not end.</summary>
    public Task RunnersEnded => _session.RunnersEnded;

    /// <summary>Starts one; it listens on return.</summary>
    /// <param name="catalogue">Its functions, of its own: their objects are the worker's.</param>
    /// <param name="recorder">Where it notes the running item. It is not disposed of here.</param>
    /// <param name="socket">Path of the Unix socket to serve on.</param>
    /// <exception cref="IOException">It cannot listen there.</exception>
    public static async Task<HostedWorker> StartAsync(FunctionCatalogue catalogue, FlightRecorder recorder, string socket)
    {
        var worker = new HostedWorker(catalogue, recorder, socket);
        try
        {
            await worker._server.StartAsync();
            return worker;
        }
        catch
        {
            await worker._server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Finishes the running item, hands back the rest and ends.</summary>
    public void Shutdown()
    {
        if (!_session.Shutdown())
        {
            _ended.TrySetResult();
        }
    }

    /// <summary>Breaks off the session: nothing of it is answered any more. A running item is asked to cancel, and left to itself.</summary>
    public async Task AbortAsync()
    {
        await _service.AbortAsync();
        _ended.TrySetResult();
    }

    /// <summary>Ends the server. A session that is still open is broken off.</summary>
    public async ValueTask DisposeAsync()
    {
        await _service.AbortAsync();
        using var grace = new CancellationTokenSource(StopGrace);
        await _server.StopAsync(grace.Token).ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await _server.DisposeAsync();
    }
}
