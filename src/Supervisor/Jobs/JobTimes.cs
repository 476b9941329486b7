namespace WorkerPool.Supervisor.Jobs;

/// <summary>How the time of a job divides into stages: together they are the time since its start.</summary>
/// <param name="AwaitingItems">Time in <see cref="JobStage.AwaitingItems"/>.</param>
/// <param name="AwaitingWorkers">Time in <see cref="JobStage.AwaitingWorkers"/>.</param>
/// <param name="Running">Time in <see cref="JobStage.Running"/>.</param>
/// <param name="AwaitingReader">Time in <see cref="JobStage.AwaitingReader"/>.</param>
internal readonly record struct JobTimes(
    TimeSpan AwaitingItems, TimeSpan AwaitingWorkers, TimeSpan Running, TimeSpan AwaitingReader);
