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

    /// <summary>Where it comes from.</summary>
    public FunctionOrigin Origin { get; init; }

    /// <summary>The library it is in: the name of its file, or of its assembly. Empty where its origin is no library.</summary>
    public string Library { get; init; } = "";

    /// <summary>Version of that library, as its author calls it. Empty where it has none.</summary>
    public string LibraryVersion { get; init; } = "";

    /// <summary>Type of its value as a person would write it, such as <c>number</c>; <c>null</c> where it gives none.</summary>
    public string ValueType { get; init; } = "";

    /// <summary>What its value is. Empty where its author did not say, and unless it was described.</summary>
    public string ValueSummary { get; init; } = "";

    /// <summary>JSON schema of its value. <c>null</c> where its type has none, and unless it was described.</summary>
    public JsonText? ValueSchema { get; init; }

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
        Parameters = [.. function.Parameters.Select(p => ParameterOf(p))],
        ItemEncoding = (FunctionEncoding)function.Encoding,
        ValueEncoding = (FunctionEncoding)function.ValueEncoding,
        ItemMessageType = function.MessageType,
        ValueMessageType = function.ValueMessageType,
        Origin = (FunctionOrigin)function.Origin,
        Library = function.Library,
        LibraryVersion = function.LibraryVersion,
        ValueType = function.ValueType,
        ValueSummary = function.ValueSummary,
        ValueSchema = TextOf(function.ValueSchema),
    };

    private static FunctionParameter ParameterOf(V1.Parameter parameter) => new(parameter.Name, parameter.Type, parameter.Optional)
    {
        Encoding = (FunctionEncoding)parameter.Encoding,
        Summary = parameter.Summary,
        Schema = TextOf(parameter.Schema),
    };

    private static JsonText? TextOf(Google.Protobuf.WellKnownTypes.Value? schema) => schema is null ? null : new JsonText(schema.ToString());
}
