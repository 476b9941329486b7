namespace WorkerPool.Supervisor.Tests.Dispatch.Simulation;

/// <summary>One item of a scenario.</summary>
/// <param name="Gap">Indexes left out before it.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="ValueSize">Bytes of its value.</param>
/// <param name="Fate">What happens when it is run.</param>
/// <param name="Throws">How often it throws, if it does.</param>
public sealed record ItemPlan(int Gap, int Size, int ValueSize, ItemFate Fate, int Throws);
