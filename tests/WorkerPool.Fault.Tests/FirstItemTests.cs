using WorkerPool.V1;

namespace WorkerPool.Fault.Tests;

/// <summary>Faults that strike at the first item of a chunk, which is tried again: two deaths fail an item here.</summary>
public sealed class FirstItemTests(FirstItemTests.ForgivingPool pool) : IClassFixture<FirstItemTests.ForgivingPool>
{
    [Theory]
    [MemberData(nameof(FaultMatrix.Of), Phase.FirstItem, MemberType = typeof(FaultMatrix))]
    public Task At_the_first_item_of_a_chunk(FaultKind fault, Order order) => pool.RunAsync(fault, Phase.FirstItem, order);

    public sealed class ForgivingPool() : FaultyPool(("Pool__MaxCrashes", "2"));
}
