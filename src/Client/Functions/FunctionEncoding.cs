namespace WorkerPool.Client;

/// <summary>The encoding a function has of its own for items or values. JSON is understood beside it, always.</summary>
public enum FunctionEncoding
{
    /// <summary>For items: any, undecoded. For values: that of the item.</summary>
    Any = 0,

    /// <summary>JSON text.</summary>
    Json = 1,

    /// <summary>Raw bytes.</summary>
    Raw = 2,

    /// <summary>A protobuf message in its binary form.</summary>
    Protobuf = 3,
}
