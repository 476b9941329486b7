namespace WorkerPool.Cli.Output;

/// <summary>When the progress of a map is shown.</summary>
internal enum ProgressMode
{
    /// <summary>On a terminal.</summary>
    Auto,

    /// <summary>Always; where stderr is no terminal as a line every few seconds.</summary>
    Always,

    /// <summary>Never.</summary>
    Never,
}
