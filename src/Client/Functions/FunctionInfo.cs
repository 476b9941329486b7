namespace WorkerPool.Client;

/// <summary>A function that the workers of a pool have loaded.</summary>
public sealed record FunctionInfo
{
    /// <summary>Its name, unique in the pool.</summary>
    public required string Name { get; init; }

    /// <summary>Its signature as a person would write it, such as <c>power(base: number, exponent: number) -> number</c>.</summary>
    public string Signature { get; init; } = "";

    /// <summary>What it does, in a sentence. Empty where its author did not say.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The parameters an item gives values to, in order.</summary>
    public IReadOnlyList<FunctionParameter> Parameters { get; init; } = [];

    /// <summary>Its own encoding of items.</summary>
    public FunctionEncoding ItemEncoding { get; init; }

    /// <summary>Its own encoding of values.</summary>
    public FunctionEncoding ValueEncoding { get; init; }

    /// <summary>Full name of the protobuf message of an item where items are protobuf, else empty.</summary>
    public string ItemMessageType { get; init; } = "";

    /// <summary>Full name of the protobuf message of a value where values are protobuf, else empty.</summary>
    public string ValueMessageType { get; init; } = "";

    /// <summary>The function as items see it some of whose parameters are shared.</summary>
    /// <param name="shared">Names of these.</param>
    internal FunctionInfo Without(IReadOnlyCollection<string> shared)
    {
        var left = Parameters.Where(parameter => !shared.Contains(parameter.Name)).ToList();
        return left.Count == Parameters.Count
            ? this
            : this with
            {
                Parameters = left,
                ItemEncoding = left.Count switch
                {
                    0 => FunctionEncoding.Any,
                    1 => left[0].Encoding,
                    _ => FunctionEncoding.Json,
                },
            };
    }

    internal static FunctionInfo From(V1.Function function) => new()
    {
        Name = function.Name,
        Signature = function.Signature,
        Summary = function.Summary,
        Parameters = [.. function.Parameters.Select(p => new FunctionParameter(p.Name, p.Type, p.Optional) { Encoding = (FunctionEncoding)p.Encoding })],
        ItemEncoding = (FunctionEncoding)function.Encoding,
        ValueEncoding = (FunctionEncoding)function.ValueEncoding,
        ItemMessageType = function.MessageType,
        ValueMessageType = function.ValueMessageType,
    };
}
