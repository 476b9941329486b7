namespace WorkerPool.Supervisor.Launching.Keepers.Slices;

/// <summary>A watch ended well, but so soon and without an event that it must not be made again at once.</summary>
internal sealed class EndedAtOnceException : Exception;
