namespace WorkerPool.Contract.Tests;

/// <summary>The contract, kept by a Supervisor inside the caller's process, with child processes as workers.</summary>
/// <param name="pools">The pools.</param>
public sealed class LocalPoolMaps(LocalPools pools) : MapContract(pools), IClassFixture<LocalPools>;

/// <inheritdoc cref="LocalPoolMaps"/>
public sealed class LocalPoolErrors(LocalPools pools) : ErrorContract(pools), IClassFixture<LocalPools>;

/// <inheritdoc cref="LocalPoolMaps"/>
public sealed class LocalPoolFunctions(LocalPools pools) : FunctionContract(pools), IClassFixture<LocalPools>;

/// <inheritdoc cref="LocalPoolMaps"/>
public sealed class LocalPoolEnds(LocalPools pools) : EndContract(pools), IClassFixture<LocalPools>;

/// <inheritdoc cref="LocalPoolMaps"/>
public sealed class LocalPoolTimeouts(LocalPools pools) : TimeoutContract(pools), IClassFixture<LocalPools>;

/// <inheritdoc cref="LocalPoolMaps"/>
public sealed class LocalPoolCrashes(LocalPools pools) : CrashContract(pools), IClassFixture<LocalPools>;

/// <inheritdoc cref="LocalPoolMaps"/>
public sealed class LocalPoolApplies(LocalPools pools) : ApplyContract(pools), IClassFixture<LocalPools>;

/// <inheritdoc cref="LocalPoolMaps"/>
public sealed class LocalPoolHandles(LocalPools pools) : HandleContract(pools), IClassFixture<LocalPools>;
