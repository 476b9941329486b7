namespace WorkerPool.Supervisor.Tests.Dispatch.Simulation;

/// <summary>Chance, given as a list of numbers, so that a failing interleaving can be replayed and shrunk.</summary>
/// <param name="numbers">The numbers.</param>
internal sealed class Decisions(int[] numbers)
{
    private int _next;

    /// <summary>Whether none is left.</summary>
    public bool AreSpent => _next >= numbers.Length;

    /// <summary>The next choice.</summary>
    /// <param name="choices">How many there are to choose from. Range: 1 and up.</param>
    /// <returns>A number below that; 0 when all are spent.</returns>
    public int Next(int choices) => AreSpent ? 0 : numbers[_next++] % choices;
}
