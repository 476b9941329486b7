using Google.Protobuf.WellKnownTypes;
using WorkerPool.Dashboard.Sampling;
using WorkerPool.V1;

namespace WorkerPool.Dashboard.Tests.Sampling;

/// <summary>What a worker used between two looks.</summary>
public sealed class WorkerTrendTests
{
    [Fact]
    public void Processor_time_is_told_as_part_of_the_time_between_looks()
    {
        var trend = new WorkerTrend();
        Assert.Equal(0, trend.Add(Worker(7, 10), TimeSpan.Zero).CpuPercent);
        Assert.Equal(50, trend.Add(Worker(7, 10.5), TimeSpan.FromSeconds(1)).CpuPercent, 1e-9);
        Assert.Equal(150, trend.Add(Worker(7, 13.5), TimeSpan.FromSeconds(2)).CpuPercent, 1e-9);
    }

    [Fact]
    public void A_new_process_does_not_continue_the_old_one()
    {
        var trend = new WorkerTrend();
        trend.Add(Worker(7, 10), TimeSpan.Zero);
        Assert.Equal(0, trend.Add(Worker(8, 11), TimeSpan.FromSeconds(1)).CpuPercent);
    }

    private static WorkerStatus Worker(int process, double cpuSeconds) =>
        new() { ProcessId = process, CpuTime = Duration.FromTimeSpan(TimeSpan.FromSeconds(cpuSeconds)), MemoryBytes = 1000 };
}
