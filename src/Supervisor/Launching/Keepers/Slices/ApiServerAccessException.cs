namespace WorkerPool.Supervisor.Launching.Keepers.Slices;

/// <summary>It is not known where the API server is, or what to show it.</summary>
/// <param name="message">What is missing, and what was expected.</param>
internal sealed class ApiServerAccessException(string message) : Exception(message);
