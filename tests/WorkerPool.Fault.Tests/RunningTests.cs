using WorkerPool.V1;

namespace WorkerPool.Fault.Tests;

/// <summary>Faults that strike while an item runs. One death fails an item here, so that no other can be charged unnoticed.</summary>
public sealed class RunningTests(RunningTests.StrictPool pool) : IClassFixture<RunningTests.StrictPool>
{
    [Theory]
    [MemberData(nameof(FaultMatrix.Of), Phase.MidChunk, MemberType = typeof(FaultMatrix))]
    public Task In_the_middle_of_a_chunk(FaultKind fault, Order order) => pool.RunAsync(fault, Phase.MidChunk, order);

    [Theory]
    [MemberData(nameof(FaultMatrix.Of), Phase.LastItem, MemberType = typeof(FaultMatrix))]
    public Task At_the_last_item_of_a_chunk(FaultKind fault, Order order) => pool.RunAsync(fault, Phase.LastItem, order);

    public sealed class StrictPool() : FaultyPool;
}
