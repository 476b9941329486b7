using System.Text.Json;
using System.Text.Json.Serialization;

namespace WorkerPool.Client.Encodings;

/// <summary>Lets <see cref="JsonText"/> stand inside other types, as the value it is.</summary>
internal sealed class JsonTextConverter : JsonConverter<JsonText>
{
    public override bool HandleNull => true;

    public override JsonText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return new JsonText(document.RootElement.GetRawText());
    }

    public override void Write(Utf8JsonWriter writer, JsonText value, JsonSerializerOptions options)
    {
        if (value.Problem is { } problem)
        {
            throw new JsonException(problem);
        }

        writer.WriteRawValue(value.Utf8.Span);
    }
}
