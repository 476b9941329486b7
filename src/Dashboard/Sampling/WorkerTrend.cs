using WorkerPool.V1;

namespace WorkerPool.Dashboard.Sampling;

/// <summary>What the worker of a slot used of late. One thread.</summary>
internal sealed class WorkerTrend
{
    private const int Capacity = 60;
    private readonly Series _cpu = new(Capacity);
    private readonly Series _memory = new(Capacity);
    private int? _processId;
    private TimeSpan _cpuTime;

    /// <summary>Takes a sample.</summary>
    /// <param name="status">The worker now.</param>
    /// <param name="since">Time since the sample before.</param>
    public WorkerSample Add(WorkerStatus status, TimeSpan since)
    {
        var cpuTime = status.CpuTime?.ToTimeSpan() ?? TimeSpan.Zero;
        var isSame = status.HasProcessId && status.ProcessId == _processId;
        var percent = isSame && since > TimeSpan.Zero ? Math.Max(0, (cpuTime - _cpuTime) / since * 100) : 0;
        _processId = status.HasProcessId ? status.ProcessId : null;
        _cpuTime = cpuTime;
        _cpu.Add(percent);
        _memory.Add(status.MemoryBytes);
        var cpu = _cpu.ToArray();
        var memory = _memory.ToArray();
        return new WorkerSample(
            status,
            percent,
            LinePath.Of(cpu, Capacity, Math.Max(100, cpu.Max())),
            LinePath.Of(memory, Capacity, Math.Max(1, memory.Max() * 1.25)));
    }
}
