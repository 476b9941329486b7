namespace WorkerPool.Supervisor.Workers;

/// <summary>What an operator would act on about workers. Event ids 1000 to 1099.</summary>
internal static partial class WorkersLog
{
    [LoggerMessage(EventId = 1001, Level = LogLevel.Information, Message = "{Worker} (incarnation {Incarnation}, process {ProcessId}) is ready after {Milliseconds:F0} ms.")]
    public static partial void Ready(ILogger log, string worker, ulong incarnation, int processId, double milliseconds);

    [LoggerMessage(EventId = 1002, Level = LogLevel.Warning, Message = "{Worker} (incarnation {Incarnation}) died: {Certificate}.")]
    public static partial void Died(ILogger log, string worker, ulong incarnation, string certificate);

    [LoggerMessage(EventId = 1003, Level = LogLevel.Information, Message = "{Worker} (incarnation {Incarnation}) ended: {Certificate}.")]
    public static partial void Ended(ILogger log, string worker, ulong incarnation, string certificate);

    [LoggerMessage(EventId = 1004, Level = LogLevel.Warning, Message = "{Worker} (incarnation {Incarnation}) could not be started: {Reason}: {Cause}")]
    public static partial void StartFailed(ILogger log, string worker, ulong incarnation, string reason, string cause);

    [LoggerMessage(EventId = 1005, Level = LogLevel.Error, Message = "The pool takes no jobs, its workers cannot start: {Reason}: {Cause}")]
    public static partial void PoolBroken(ILogger log, string reason, string cause);

    [LoggerMessage(EventId = 1006, Level = LogLevel.Critical, Message = "Slot {Slot} failed and has no worker any more.")]
    public static partial void SlotFailed(ILogger log, int slot, Exception error);

    [LoggerMessage(EventId = 1008, Level = LogLevel.Warning, Message = "A spare worker could not be started: {Reason}: {Cause}")]
    public static partial void SpareFailed(ILogger log, string reason, string cause);

    [LoggerMessage(EventId = 1009, Level = LogLevel.Warning, Message = "{Worker} (incarnation {Incarnation}) is not replaced, its successor could not be started: {Reason}: {Cause}")]
    public static partial void SuccessorFailed(ILogger log, string worker, ulong incarnation, string reason, string cause);

    [LoggerMessage(EventId = 1007, Level = LogLevel.Error, Message = "The session of {Worker} (incarnation {Incarnation}) failed; the worker is replaced.")]
    public static partial void SessionFailed(ILogger log, string worker, ulong incarnation, Exception error);
}
