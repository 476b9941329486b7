namespace WorkerPool.Client.Mapping;

/// <summary>Pulls a job's items from their source, no further than the window allows, and lays them ready to be sent.</summary>
internal abstract class ItemSender
{
    /// <summary>What the source threw, once the input has ended.</summary>
    public Exception? SourceError { get; protected set; }

    /// <summary>How many items there are, where that is known beforehand.</summary>
    public abstract int? KnownCount { get; }

    /// <summary>Chooses the encoding of the items. Once, before <see cref="RunAsync"/>.</summary>
    /// <exception cref="InvalidRequestException">The function takes no items of that type.</exception>
    public abstract V1.Encoding Prepare(FunctionInfo? function);

    /// <summary>Sends until the source or the job ends. Never throws.</summary>
    public abstract Task RunAsync(SendingEnds ends, CancellationToken cancellationToken);
}
