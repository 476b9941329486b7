using WorkerPool.V1;

namespace WorkerPool.Fault.Tests;

/// <summary>Items that neither end in time nor yield. The grace is short here.</summary>
public sealed class HangTests(HangTests.ImpatientPool pool) : IClassFixture<HangTests.ImpatientPool>
{
    [Theory]
    [MemberData(nameof(FaultMatrix.HangsOf), Phase.FirstItem, MemberType = typeof(FaultMatrix))]
    public Task At_the_first_item_of_a_chunk(FaultKind fault, Order order) => pool.RunAsync(fault, Phase.FirstItem, order);

    [Theory]
    [MemberData(nameof(FaultMatrix.HangsOf), Phase.MidChunk, MemberType = typeof(FaultMatrix))]
    public Task In_the_middle_of_a_chunk(FaultKind fault, Order order) => pool.RunAsync(fault, Phase.MidChunk, order);

    [Theory]
    [MemberData(nameof(FaultMatrix.HangsOf), Phase.LastItem, MemberType = typeof(FaultMatrix))]
    public Task At_the_last_item_of_a_chunk(FaultKind fault, Order order) => pool.RunAsync(fault, Phase.LastItem, order);

    [Theory]
    [MemberData(nameof(FaultMatrix.HangsOf), Phase.Encoding, MemberType = typeof(FaultMatrix))]
    public Task While_the_value_is_written(FaultKind fault, Order order) => pool.RunAsync(fault, Phase.Encoding, order);

    public sealed class ImpatientPool() : FaultyPool(("Pool__CancellationGrace", "00:00:00.2"));
}
