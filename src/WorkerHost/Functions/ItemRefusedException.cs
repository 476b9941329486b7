namespace WorkerPool.WorkerHost.Functions;

/// <summary>An item cannot be given to its function, or its value cannot be given back.</summary>
internal sealed class ItemRefusedException : Exception
{
    /// <summary>A refusal.</summary>
    /// <param name="reason">One of <see cref="Protocol.Errors.ErrorReasons"/>.</param>
    /// <param name="message">What was wrong and what was expected.</param>
    /// <param name="metadata">Values the reason comes with.</param>
    public ItemRefusedException(string reason, string message, params (string Key, string Value)[] metadata)
        : base(message)
    {
        Reason = reason;
        Metadata = metadata;
    }

    /// <summary>One of <see cref="Protocol.Errors.ErrorReasons"/>.</summary>
    public string Reason { get; }

    /// <summary>Values the reason comes with.</summary>
    public IReadOnlyList<(string Key, string Value)> Metadata { get; }
}
