namespace WorkerPool.Contract.Tests;

// Which pool keeps which contract: every pool every one, except that crashes need processes.

/// <summary>Kept by a Supervisor at an address.</summary>
public sealed class RemotePoolMaps(RemotePools pools) : MapContract(pools), IClassFixture<RemotePools>;

/// <inheritdoc cref="RemotePoolMaps"/>
public sealed class RemotePoolErrors(RemotePools pools) : ErrorContract(pools), IClassFixture<RemotePools>;

/// <inheritdoc cref="RemotePoolMaps"/>
public sealed class RemotePoolFunctions(RemotePools pools) : FunctionContract(pools), IClassFixture<RemotePools>;

/// <inheritdoc cref="RemotePoolMaps"/>
public sealed class RemotePoolEnds(RemotePools pools) : EndContract(pools), IClassFixture<RemotePools>;

/// <inheritdoc cref="RemotePoolMaps"/>
public sealed class RemotePoolTimeouts(RemotePools pools) : TimeoutContract(pools), IClassFixture<RemotePools>;

/// <inheritdoc cref="RemotePoolMaps"/>
public sealed class RemotePoolCrashes(RemotePools pools) : CrashContract(pools), IClassFixture<RemotePools>;

/// <inheritdoc cref="RemotePoolMaps"/>
public sealed class RemotePoolApplies(RemotePools pools) : ApplyContract(pools), IClassFixture<RemotePools>;

/// <inheritdoc cref="RemotePoolMaps"/>
public sealed class RemotePoolObjects(RemotePools pools) : ObjectContract(pools), IClassFixture<RemotePools>;

/// <inheritdoc cref="RemotePoolMaps"/>
public sealed class RemotePoolMixedCalls(RemotePools pools) : CallsContract(pools), IClassFixture<RemotePools>;

/// <inheritdoc cref="RemotePoolMaps"/>
public sealed class RemotePoolContexts(RemotePools pools) : ContextContract(pools), IClassFixture<RemotePools>;

/// <inheritdoc cref="RemotePoolMaps"/>
public sealed class RemotePoolPrograms(RemotePools pools) : ProgramContract(pools), IClassFixture<RemotePools>;

/// <inheritdoc cref="RemotePoolMaps"/>
public sealed class RemotePoolHandles(RemotePools pools) : HandleContract(pools), IClassFixture<RemotePools>;

/// <summary>Kept by a Supervisor inside the caller's process, with child processes as workers.</summary>
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

/// <inheritdoc cref="RemotePoolMaps"/>
public sealed class LocalPoolObjects(LocalPools pools) : ObjectContract(pools), IClassFixture<LocalPools>;

/// <inheritdoc cref="RemotePoolMaps"/>
public sealed class LocalPoolMixedCalls(LocalPools pools) : CallsContract(pools), IClassFixture<LocalPools>;

/// <inheritdoc cref="RemotePoolMaps"/>
public sealed class LocalPoolContexts(LocalPools pools) : ContextContract(pools), IClassFixture<LocalPools>;

/// <inheritdoc cref="LocalPoolMaps"/>
public sealed class LocalPoolPrograms(LocalPools pools) : ProgramContract(pools), IClassFixture<LocalPools>;

/// <inheritdoc cref="LocalPoolMaps"/>
public sealed class LocalPoolHandles(LocalPools pools) : HandleContract(pools), IClassFixture<LocalPools>;

/// <summary>Kept by a pool whose workers are threads. Not that of crashes: theirs would be the tests' own, and they share memory.</summary>
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

/// <inheritdoc cref="RemotePoolMaps"/>
public sealed class InProcessPoolObjects(InProcessPools pools) : ObjectContract(pools), IClassFixture<InProcessPools>;

/// <inheritdoc cref="RemotePoolMaps"/>
public sealed class InProcessPoolMixedCalls(InProcessPools pools) : CallsContract(pools), IClassFixture<InProcessPools>;

/// <inheritdoc cref="RemotePoolMaps"/>
public sealed class InProcessPoolContexts(InProcessPools pools) : ContextContract(pools), IClassFixture<InProcessPools>;

/// <inheritdoc cref="InProcessPoolMaps"/>
public sealed class InProcessPoolPrograms(InProcessPools pools) : ProgramContract(pools), IClassFixture<InProcessPools>;

/// <inheritdoc cref="InProcessPoolMaps"/>
public sealed class InProcessPoolHandles(InProcessPools pools) : HandleContract(pools), IClassFixture<InProcessPools>;

/// <inheritdoc cref="RemotePoolMaps"/>
public sealed class RemotePoolSharedArguments(RemotePools pools) : SharedContract(pools), IClassFixture<RemotePools>;

/// <inheritdoc cref="RemotePoolMaps"/>
public sealed class RemotePoolInitializers(RemotePools pools) : InitializerContract(pools), IClassFixture<RemotePools>;

/// <inheritdoc cref="LocalPoolMaps"/>
public sealed class LocalPoolSharedArguments(LocalPools pools) : SharedContract(pools), IClassFixture<LocalPools>;

/// <inheritdoc cref="LocalPoolMaps"/>
public sealed class LocalPoolInitializers(LocalPools pools) : InitializerContract(pools), IClassFixture<LocalPools>;

/// <inheritdoc cref="InProcessPoolMaps"/>
public sealed class InProcessPoolSharedArguments(InProcessPools pools) : SharedContract(pools), IClassFixture<InProcessPools>;

/// <inheritdoc cref="InProcessPoolMaps"/>
public sealed class InProcessPoolInitializers(InProcessPools pools) : InitializerContract(pools), IClassFixture<InProcessPools>;
public sealed class RemotePoolMethods(RemotePools pools) : MethodContract(pools), IClassFixture<RemotePools>;

/// <inheritdoc cref="LocalPoolMaps"/>
public sealed class LocalPoolMethods(LocalPools pools) : MethodContract(pools), IClassFixture<LocalPools>;

/// <inheritdoc cref="LocalPoolMaps"/>
public sealed class LocalPoolLambdas(LocalPools pools) : LambdaContract(pools), IClassFixture<LocalPools>;

/// <inheritdoc cref="InProcessPoolMaps"/>
public sealed class InProcessPoolMethods(InProcessPools pools) : MethodContract(pools), IClassFixture<InProcessPools>;

/// <inheritdoc cref="InProcessPoolMaps"/>
public sealed class InProcessPoolLambdas(InProcessPools pools) : LambdaContract(pools), IClassFixture<InProcessPools>;

/// <inheritdoc cref="RemotePoolMaps"/>
public sealed class RemotePoolMethodsWithoutValue(RemotePools pools) : WithoutValueContract(pools), IClassFixture<RemotePools>;

/// <inheritdoc cref="LocalPoolMaps"/>
public sealed class LocalPoolMethodsWithoutValue(LocalPools pools) : WithoutValueContract(pools), IClassFixture<LocalPools>;

/// <inheritdoc cref="InProcessPoolMaps"/>
public sealed class InProcessPoolMethodsWithoutValue(InProcessPools pools) : WithoutValueContract(pools), IClassFixture<InProcessPools>;

/// <inheritdoc cref="RemotePoolMaps"/>
public sealed class RemotePoolSharedMethods(RemotePools pools) : SharedMethodContract(pools), IClassFixture<RemotePools>;

/// <inheritdoc cref="LocalPoolMaps"/>
public sealed class LocalPoolSharedMethods(LocalPools pools) : SharedMethodContract(pools), IClassFixture<LocalPools>;

/// <inheritdoc cref="InProcessPoolMaps"/>
public sealed class InProcessPoolSharedMethods(InProcessPools pools) : SharedMethodContract(pools), IClassFixture<InProcessPools>;
