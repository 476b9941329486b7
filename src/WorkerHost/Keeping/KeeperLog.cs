namespace WorkerPool.WorkerHost.Keeping;

/// <summary>What an operator would act on about a keeper. Event ids 5000 to 5099.</summary>
internal static partial class KeeperLog
{
    [LoggerMessage(EventId = 5000, Level = LogLevel.Information, Message = "The keeper listens on {Address}; it has place for {Places} workers.")]
    public static partial void Listening(ILogger log, string address, int places);

    [LoggerMessage(EventId = 5003, Level = LogLevel.Information, Message = "The keeper is told to stop: its workers finish their items, for {Seconds} s at most.")]
    public static partial void Leaving(ILogger log, double seconds);
}
