namespace WorkerPool.Client.Mapping;

/// <summary>What a map was asked to do.</summary>
/// <param name="Function">Name of the function.</param>
/// <param name="Items">Sends its items.</param>
/// <param name="Options">The caller's options.</param>
/// <param name="Ordered">Whether results come in the order of the input.</param>
/// <param name="Stop">Whether the first failure ends the job.</param>
/// <param name="Throw">Whether a failure is thrown instead of delivered.</param>
internal sealed record JobRequest(string Function, ItemSender Items, MapOptions Options, bool Ordered, bool Stop, bool Throw);
