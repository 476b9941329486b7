namespace WorkerPool.Cli.Top;

/// <summary>In which order jobs are shown.</summary>
internal enum JobOrder
{
    /// <summary>Those that run before the others, the newest first.</summary>
    Newest,

    /// <summary>The highest rate first.</summary>
    Rate,

    /// <summary>The least done first.</summary>
    Progress,

    /// <summary>Those with the most failed items first.</summary>
    Failed,

    /// <summary>Those that have run longest first.</summary>
    Time,
}
