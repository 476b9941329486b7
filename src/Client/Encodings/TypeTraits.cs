using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace WorkerPool.Client.Encodings;

/// <summary>What a type of items or results is, as far as its encoding goes.</summary>
internal static class TypeTraits
{
    /// <summary>Bytes, which can travel as they are.</summary>
    public static bool IsBytes(Type type) =>
        type == typeof(byte[]) || type == typeof(ReadOnlyMemory<byte>) || type == typeof(Memory<byte>);

    /// <summary>A type that can hold any JSON value, so that nothing is known of what it stands for.</summary>
    public static bool IsAnyJson(Type type) =>
        type == typeof(JsonText) || type == typeof(object) || type == typeof(JsonElement) || type == typeof(JsonDocument)
        || typeof(JsonNode).IsAssignableFrom(type);

    /// <summary>The description of a protobuf message type, or <c>null</c> for any other type.</summary>
    /// <exception cref="InvalidRequestException">It is an interface or abstract: no message can be made of it.</exception>
    public static MessageDescriptor? MessageOf(Type type)
    {
        if (!typeof(IMessage).IsAssignableFrom(type))
        {
            return null;
        }

        if (type.IsAbstract || type.GetConstructor(Type.EmptyTypes) is null)
        {
            throw EncodingChoice.Mismatch($"{type.Name} is not a concrete protobuf message type.");
        }

        return ((IMessage)Activator.CreateInstance(type)!).Descriptor;
    }
}
