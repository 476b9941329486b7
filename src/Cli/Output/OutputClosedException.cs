namespace WorkerPool.Cli.Output;

/// <summary>Whoever read stdout has gone.</summary>
internal sealed class OutputClosedException() : IOException("stdout is closed.");
