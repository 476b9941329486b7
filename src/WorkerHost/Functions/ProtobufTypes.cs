using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>What there is to know of generated protobuf types.</summary>
internal static class ProtobufTypes
{
    /// <summary>Whether a type is a generated message that can be read and written.</summary>
    /// <param name="type">The type.</param>
    public static bool IsMessage(Type type) =>
        type is { IsClass: true, IsAbstract: false }
        && typeof(IMessage).IsAssignableFrom(type)
        && type.GetConstructor(Type.EmptyTypes) is not null
        && DescriptorProperty(type) is not null;

    /// <summary>Full name of the message of a generated type.</summary>
    /// <param name="type">A type for which <see cref="IsMessage"/> holds.</param>
    public static string FullName(Type type) => Descriptor(type).FullName;

    /// <summary>The descriptor of a generated type.</summary>
    /// <param name="type">A type for which <see cref="IsMessage"/> holds.</param>
    public static MessageDescriptor Descriptor(Type type) =>
        (MessageDescriptor)DescriptorProperty(type)!.GetValue(null)!;

    /// <summary>The messages that an Any inside of a message may hold: those its own file knows.</summary>
    /// <param name="type">A type for which <see cref="IsMessage"/> holds.</param>
    public static TypeRegistry Registry(Type type) => TypeRegistry.FromFiles(Descriptor(type).File);

    private static PropertyInfo? DescriptorProperty(Type type) =>
        type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static);
}
