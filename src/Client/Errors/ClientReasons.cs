namespace WorkerPool.Client.Errors;

/// <summary>Reasons that only the SDK gives, beside those of the protocol.</summary>
internal static class ClientReasons
{
    /// <summary>The file of profiles cannot be used, or has no such profile.</summary>
    public const string ProfileInvalid = "PROFILE_INVALID";

    /// <summary>The pool answered with a value that is not of the type the caller asked for.</summary>
    public const string ValueTypeMismatch = "VALUE_TYPE_MISMATCH";

    /// <summary>The connection to the pool broke while a job was open, and could not be made again in time.</summary>
    public const string PoolLost = "POOL_LOST";

    /// <summary>The pool broke the contract of the wire.</summary>
    public const string ProtocolViolated = "PROTOCOL_VIOLATED";
}
