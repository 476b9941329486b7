namespace WorkerPool.WorkerHost.Functions;

/// <summary>What a function without a result returns. Its JSON form is <c>null</c>.</summary>
internal readonly struct NoValue;
