namespace WorkerPool.WorkerHost.BuiltIns;

/// <summary>A worker's process.</summary>
/// <param name="Pid">Its process id.</param>
/// <param name="ParentPid">Process id of its parent.</param>
/// <param name="Worker">Name of the worker.</param>
/// <param name="Incarnation">Which process in the worker's slot this is. Range: 1 and up.</param>
public sealed record ProcessInfo(int Pid, int ParentPid, string Worker, ulong Incarnation);
