using WorkerPool.V1;

namespace WorkerPool.Fault.Tests;

/// <summary>Faults that strike while a value is written.</summary>
public sealed class EncodingTests(EncodingTests.StrictPool pool) : IClassFixture<EncodingTests.StrictPool>
{
    [Theory]
    [MemberData(nameof(FaultMatrix.Of), Phase.Encoding, MemberType = typeof(FaultMatrix))]
    public Task While_the_value_is_written(FaultKind fault, Order order) => pool.RunAsync(fault, Phase.Encoding, order);

    public sealed class StrictPool() : FaultyPool;
}
