namespace WorkerPool.TestSupport;

/// <summary>What goes wrong on the connection to a worker.</summary>
/// <param name="ToWorker">Whether on the way to the worker; else on the way back.</param>
/// <param name="CutAtByte">After so many bytes the connection breaks, and those beyond are lost. <c>null</c>: it does not.</param>
/// <param name="StallAtByte">After so many bytes nothing comes through, either way, and nobody is told. <c>null</c>: it does.</param>
/// <param name="Delay">What each piece waits for. Default: nothing.</param>
public sealed record LinkFault(bool ToWorker, long? CutAtByte = null, long? StallAtByte = null, TimeSpan Delay = default);
