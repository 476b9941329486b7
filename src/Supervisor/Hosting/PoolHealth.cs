using Grpc.Core;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using WorkerPool.WorkerHost.Hosting;

namespace WorkerPool.Supervisor.Hosting;

/// <summary>
/// Health of a Supervisor: whether it takes jobs, as it was told, and under the name <c>liveness</c> whether the pool's owner
/// loop turns, which is found out when somebody asks. Nothing here is of workers.
/// </summary>
/// <param name="pool">The pool.</param>
/// <param name="time">Measures the wait for the loop.</param>
internal sealed class PoolHealth(Pool pool, TimeProvider time) : HealthServiceImpl
{
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public override async Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) =>
        request.Service == HealthPort.Liveness
            ? new HealthCheckResponse { Status = await LivenessAsync(context.CancellationToken) }
            : await base.Check(request, context);

    private async Task<HealthCheckResponse.Types.ServingStatus> LivenessAsync(CancellationToken cancellation)
    {
        try
        {
            await pool.TurnAsync().WaitAsync(LongestTurn, time, cancellation);
            return HealthCheckResponse.Types.ServingStatus.Serving;
        }
        catch (Exception error) when (error is TimeoutException or ObjectDisposedException)
        {
            return HealthCheckResponse.Types.ServingStatus.NotServing;
        }
    }
}
