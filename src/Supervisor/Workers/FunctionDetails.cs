using Grpc.Core;
using Grpc.Net.Client;
using WorkerPool.Supervisor.Launching;
using WorkerPool.V1;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Workers;

/// <summary>All that is known of functions, which workers find out when they are asked, on a connection beside their session.</summary>
/// <param name="workers">The workers that take part now.</param>
/// <param name="time">The clock of the limit.</param>
internal sealed class FunctionDetails(Func<IReadOnlyList<ILaunchedWorker>> workers, TimeProvider time)
{
    /// <summary>How long one worker may take. It answers whatever it runs, unless it is stopped or dies.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Asks one worker after another until one answers.</summary>
    /// <param name="name">Name of the one function that is wanted; empty: all of them.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The functions with their details; <c>null</c> where no worker answers.</returns>
    public async Task<IReadOnlyList<Function>?> FindAsync(string name, CancellationToken cancellation)
    {
        foreach (var worker in workers())
        {
            using var limit = new CancellationTokenSource(Limit, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
            try
            {
                using var channel = GrpcChannel.ForAddress(
                    "http://worker", new GrpcChannelOptions { HttpHandler = worker.CreateHandler(), DisposeHttpClient = true, MaxReceiveMessageSize = null });
                var answer = await new WorkerService.WorkerServiceClient(channel).DescribeAsync(
                    new DescribeRequest { Function = name }, cancellationToken: either.Token);
                return answer.Functions;
            }
            catch (Exception error) when (error is RpcException or OperationCanceledException)
            {
                // It dies or is stopped, which is its slot's affair; another may answer.
                cancellation.ThrowIfCancellationRequested();
            }
        }

        return null;
    }
}
