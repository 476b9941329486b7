using WorkerPool.Bench.Measuring;

namespace WorkerPool.Bench.Workloads;

/// <summary>What a contender of this program does in its process.</summary>
internal interface IWorkload
{
    /// <summary>Measures all cases of an order.</summary>
    /// <param name="order">The order.</param>
    /// <param name="report">Takes what was measured.</param>
    /// <exception cref="WrongResultException">What came back is not what it has to be.</exception>
    Task RunAsync(Order order, Action<Reading> report);
}
