using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using WorkerPool.Protocol.Json;
using WorkerPool.Protocol.Signatures;
using WorkerPool.WorkerHost.BuiltIns;

namespace WorkerPool.WorkerHost.Functions.Describing;

/// <summary>JSON schemas of what functions take and give, as workers read and write it.</summary>
internal static class JsonSchemas
{
    private static readonly JsonSchemaExporterOptions Nullable = new() { TransformSchemaNode = Transform };
    private static readonly JsonSchemaExporterOptions NotNull = new() { TransformSchemaNode = Transform, TreatNullObliviousAsNonNullable = true };

    /// <summary>The schema of what a parameter takes.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <returns>The schema; <c>null</c> where its type has none.</returns>
    public static Value? Of(ParameterInfo parameter)
    {
        if (Schema(parameter.ParameterType, parameter) is not { } schema)
        {
            return null;
        }

        if (parameter.HasDefaultValue && schema is JsonObject described && (parameter.DefaultValue is not null || AllowsNull(parameter.ParameterType)))
        {
            // That of a structure, which has no constant, is not told.
            described["default"] = parameter.DefaultValue is { } value ? JsonSerializer.SerializeToNode(value, value.GetType(), JsonForm.Options) : null;
        }

        return Parse(schema);
    }

    /// <summary>The schema of what a method gives.</summary>
    /// <param name="method">The method.</param>
    /// <returns>The schema; <c>null</c> where its type has none.</returns>
    public static Value? OfValue(MethodInfo method)
    {
        var type = FunctionCallCompiler.ValueType(method.ReturnType);
        var schema = type == typeof(NoValue) ? new JsonObject { ["type"] = "null" } : Schema(type, type == method.ReturnType ? method.ReturnParameter : null);
        return schema is null ? null : Parse(schema);
    }

    private static JsonNode? Schema(System.Type type, ParameterInfo? place)
    {
        if (Own(type) is { } own)
        {
            return own;
        }

        var allowsNull = place is not null && !type.IsValueType
            && new NullabilityInfoContext().Create(place) is { ReadState: NullabilityState.Nullable } or { WriteState: NullabilityState.Nullable };
        try
        {
            return JsonForm.Options.GetJsonSchemaAsNode(type, allowsNull ? Nullable : NotNull);
        }
        catch (Exception error) when (error is NotSupportedException or InvalidOperationException or JsonException)
        {
            // What JSON cannot carry has no schema; to say so is the business of whoever runs it.
            return null;
        }
    }

    private static bool AllowsNull(System.Type type) => !type.IsValueType || System.Nullable.GetUnderlyingType(type) is not null;

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema) => Own(context.TypeInfo.Type) ?? schema;

    // Types whose form is not what their properties say.
    private static JsonNode? Own(System.Type type)
    {
        if (type == typeof(Number))
        {
            return new JsonObject { ["type"] = "number" };
        }

        if (type == typeof(EncodedItem))
        {
            return JsonValue.Create(true);
        }

        if (SignatureWords.IsBytes(type))
        {
            return new JsonObject { ["type"] = "string", ["contentEncoding"] = "base64" };
        }

        if (ProtobufTypes.IsMessage(type))
        {
            return new JsonObject { ["title"] = ProtobufTypes.FullName(type) };
        }

        return TupleConverterFactory.ElementsOf(type) is { } elements ? Tuple(elements) : null;
    }

    private static JsonObject? Tuple(IReadOnlyList<System.Type> elements) => new()
    {
        ["type"] = "array",
        ["prefixItems"] = new JsonArray([.. elements.Select(element => Schema(element, null) ?? JsonValue.Create(true))]),
        ["minItems"] = elements.Count,
        ["maxItems"] = elements.Count,
    };

    private static Value Parse(JsonNode schema) => JsonParser.Default.Parse<Value>(schema.ToJsonString());
}
