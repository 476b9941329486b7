namespace WorkerPool.Contract.Tests;

/// <summary>The contract, kept by a pool inside the caller's process.</summary>
/// <param name="pools">The pools.</param>
public sealed class LocalPoolMaps(LocalPools pools) : MapContract(pools), IClassFixture<LocalPools>;

/// <inheritdoc cref="LocalPoolMaps"/>
public sealed class LocalPoolErrors(LocalPools pools) : ErrorContract(pools), IClassFixture<LocalPools>;

/// <inheritdoc cref="LocalPoolMaps"/>
public sealed class LocalPoolFunctions(LocalPools pools) : FunctionContract(pools), IClassFixture<LocalPools>;

/// <inheritdoc cref="LocalPoolMaps"/>
public sealed class LocalPoolEnds(LocalPools pools) : EndContract(pools), IClassFixture<LocalPools>;

/// <inheritdoc cref="LocalPoolMaps"/>
public sealed class LocalPoolFaults(LocalPools pools) : FaultContract(pools), IClassFixture<LocalPools>;
