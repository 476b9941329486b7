namespace WorkerPool.Cli.Running;

/// <summary>The command was called wrongly. Its message says how, for a person.</summary>
internal sealed class UsageException(string message) : Exception(message);
