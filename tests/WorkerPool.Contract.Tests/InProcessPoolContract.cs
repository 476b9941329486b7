namespace WorkerPool.Contract.Tests;

/// <summary>The contract, kept by a pool whose workers are threads: all of it but what needs processes.</summary>
/// <param name="pools">The pools.</param>
public sealed class InProcessPoolMaps(InProcessPools pools) : MapContract(pools), IClassFixture<InProcessPools>;

/// <inheritdoc cref="InProcessPoolMaps"/>
public sealed class InProcessPoolErrors(InProcessPools pools) : ErrorContract(pools), IClassFixture<InProcessPools>;

/// <inheritdoc cref="InProcessPoolMaps"/>
public sealed class InProcessPoolFunctions(InProcessPools pools) : FunctionContract(pools), IClassFixture<InProcessPools>;

/// <inheritdoc cref="InProcessPoolMaps"/>
public sealed class InProcessPoolEnds(InProcessPools pools) : EndContract(pools), IClassFixture<InProcessPools>;

/// <inheritdoc cref="InProcessPoolMaps"/>
public sealed class InProcessPoolTimeouts(InProcessPools pools) : TimeoutContract(pools), IClassFixture<InProcessPools>;

/// <inheritdoc cref="InProcessPoolMaps"/>
public sealed class InProcessPoolApplies(InProcessPools pools) : ApplyContract(pools), IClassFixture<InProcessPools>;

/// <inheritdoc cref="InProcessPoolMaps"/>
public sealed class InProcessPoolHandles(InProcessPools pools) : HandleContract(pools), IClassFixture<InProcessPools>;
