namespace WorkerPool.Client;

/// <summary>A parameter of a function.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type as a person would write it, such as <c>number</c> or <c>string[]</c>.</param>
/// <param name="Optional">Whether it may be left out.</param>
public sealed record FunctionParameter(string Name, string Type, bool Optional)
{
    /// <summary>Its own encoding, where it is the only one that items fill, or is shared.</summary>
    public FunctionEncoding Encoding { get; init; }

    /// <summary>What it is. Empty where the function's author did not say, and unless it was described.</summary>
    public string Summary { get; init; } = "";

    /// <summary>JSON schema of what it takes, with its default. <c>null</c> where its type has none, and unless it was described.</summary>
    public JsonText? Schema { get; init; }
}
