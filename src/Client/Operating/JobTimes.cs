namespace WorkerPool.Client;

/// <summary>
/// How long a job was at each stage. It is always at exactly one: together they are the time from its start until now, or
/// until its end.
/// </summary>
/// <param name="AwaitingItems">Nothing was left to run, and its caller had not sent the next items.</param>
/// <param name="AwaitingWorkers">Items waited, and no worker had any of the job's: all were busy with other jobs, or none was up.</param>
/// <param name="Running">Workers had items of it, or some of its items were about to be tried again.</param>
/// <param name="AwaitingReader">Nothing ran, and results that its caller had not taken filled half of its window or more.</param>
public readonly record struct JobTimes(
    TimeSpan AwaitingItems, TimeSpan AwaitingWorkers, TimeSpan Running, TimeSpan AwaitingReader);
