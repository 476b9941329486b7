using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Microsoft.OpenApi;

namespace WorkerPool.Supervisor.Api.Http.OpenApi;

/// <summary>Messages as JSON schemas: each once, by its name, as protobuf's JSON form has it.</summary>
/// <param name="document">Takes the schemas.</param>
internal sealed class MessageSchemas(OpenApiDocument document)
{
    // Of the Durations that protobuf has, those with a fraction of a second in its JSON form.
    private const string DurationPattern = @"^-?[0-9]+(\.[0-9]{1,9})?s$";

    private readonly IDictionary<string, IOpenApiSchema> _schemas = document.Components!.Schemas ??= new Dictionary<string, IOpenApiSchema>();

    /// <summary>The schema of a message.</summary>
    /// <param name="message">The message.</param>
    public IOpenApiSchema Of(MessageDescriptor message)
    {
        if (WellKnown(message) is { } known)
        {
            return known;
        }

        if (!_schemas.ContainsKey(message.Name))
        {
            // First of all: it may have itself within.
            var schema = new OpenApiSchema { Type = JsonSchemaType.Object, Description = Description(message), Properties = new Dictionary<string, IOpenApiSchema>() };
            _schemas.Add(message.Name, schema);
            foreach (var field in message.Fields.InDeclarationOrder())
            {
                schema.Properties.Add(field.JsonName, Of(field));
            }
        }

        return new OpenApiSchemaReference(message.Name, document);
    }

    /// <summary>The schema of a field, with its comment.</summary>
    /// <param name="field">The field.</param>
    public IOpenApiSchema Of(FieldDescriptor field)
    {
        var comment = PublicApi.CommentOf(field);
        if (field.IsMap)
        {
            return new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = comment,
                AdditionalProperties = OfOne(field.MessageType.FindFieldByNumber(2)),
            };
        }

        var one = OfOne(field);
        if (field.IsRepeated)
        {
            return new OpenApiSchema { Type = JsonSchemaType.Array, Description = comment, Items = one };
        }

        switch (one)
        {
            case OpenApiSchema schema:
                schema.Description = comment;
                break;
            case OpenApiSchemaReference reference:
                reference.Description = comment;
                break;
        }

        return one;
    }

    private IOpenApiSchema OfOne(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message => Of(field.MessageType),
        FieldType.Enum => Of(field.EnumType),
        FieldType.Bool => new OpenApiSchema { Type = JsonSchemaType.Boolean },
        FieldType.String => new OpenApiSchema { Type = JsonSchemaType.String },
        FieldType.Bytes => new OpenApiSchema { Type = JsonSchemaType.String, ContentEncoding = "base64" },
        FieldType.Double or FieldType.Float => new OpenApiSchema { Type = JsonSchemaType.Number, Format = "double" },
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => new OpenApiSchema { Type = JsonSchemaType.String, Format = "int64" },
        FieldType.UInt64 or FieldType.Fixed64 => new OpenApiSchema { Type = JsonSchemaType.String, Format = "uint64" },
        FieldType.UInt32 or FieldType.Fixed32 => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Minimum = "0" },
        _ => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
    };

    private OpenApiSchemaReference Of(EnumDescriptor type)
    {
        if (!_schemas.ContainsKey(type.Name))
        {
            _schemas.Add(type.Name, new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Description = string.Join("\n\n", type.Values.Select(value => $"{value.Name}: {PublicApi.CommentOf(value)}").Prepend(PublicApi.CommentOf(type))),
                Enum = [.. type.Values.Select(value => (JsonNode)value.Name)],
            });
        }

        return new OpenApiSchemaReference(type.Name, document);
    }

    private static OpenApiSchema? WellKnown(MessageDescriptor message) => message.FullName switch
    {
        var name when name == Value.Descriptor.FullName => new OpenApiSchema { Description = "Any JSON." },
        var name when name == Duration.Descriptor.FullName => new OpenApiSchema { Type = JsonSchemaType.String, Pattern = DurationPattern },
        var name when name == Timestamp.Descriptor.FullName => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
        var name when name == Any.Descriptor.FullName => new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = new Dictionary<string, IOpenApiSchema> { ["@type"] = new OpenApiSchema { Type = JsonSchemaType.String } },
        },
        _ => null,
    };

    private static string Description(MessageDescriptor message)
    {
        var choices = message.Oneofs.Where(choice => !choice.IsSynthetic).Select(choice => $"At most one of {string.Join(", ", choice.Fields.Select(field => field.JsonName))}.");
        return string.Join("\n\n", choices.Prepend(PublicApi.CommentOf(message)).Where(text => text.Length > 0));
    }
}
