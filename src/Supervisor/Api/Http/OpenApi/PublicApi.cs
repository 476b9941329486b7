using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using WorkerPool.Protocol;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace WorkerPool.Supervisor.Api.Http.OpenApi;

/// <summary>The descriptors of the public API with their comments, which those in generated code do not have.</summary>
internal static class PublicApi
{
    private const string Resource = "public-api.protoset";

    /// <summary>The services with these names.</summary>
    /// <param name="names">Full names.</param>
    public static IReadOnlyList<ServiceDescriptor> Services(IEnumerable<string> names)
    {
        using var stream = typeof(WorkerProtocol).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not in the assembly.");
        var files = FileDescriptor.BuildFromByteStrings(
            FileDescriptorSet.Parser.ParseFrom(stream).File.Select(file => file.ToByteString()),
            [AnnotationsExtensions.Http]);
        var services = files.SelectMany(file => file.Services).ToDictionary(service => service.FullName);
        return [.. names.Select(name => services[name])];
    }

    /// <summary>What the comment before a declaration says, without the breaks of its lines.</summary>
    /// <param name="descriptor">The declaration.</param>
    public static string CommentOf(IDescriptor descriptor)
    {
        var declaration = descriptor switch
        {
            ServiceDescriptor service => service.Declaration,
            MethodDescriptor method => method.Declaration,
            MessageDescriptor message => message.Declaration,
            EnumDescriptor type => type.Declaration,
            EnumValueDescriptor value => value.Declaration,
            FieldDescriptor field => field.Declaration,
            _ => null,
        };
        var paragraphs = (declaration?.LeadingComments ?? "").Split("\n\n");
        return string.Join("\n\n", paragraphs.Select(paragraph => string.Join(' ', paragraph.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))));
    }
}
