using System.Text.RegularExpressions;
using Google.Api;
using Google.Protobuf.Reflection;

namespace WorkerPool.Supervisor.Api.Http;

/// <summary>How an RPC is called over HTTP, as its <c>google.api.http</c> says.</summary>
/// <param name="Method">The RPC.</param>
/// <param name="Verb">The method of HTTP, such as GET.</param>
/// <param name="Path">The path, with the names of fields in braces, such as /v1/jobs/{id}:cancel.</param>
/// <param name="HasBody">Whether the request is the body; else it is in path and query.</param>
internal sealed partial record HttpBinding(MethodDescriptor Method, string Verb, string Path, bool HasBody)
{
    /// <summary>Fields of the request that are in the path.</summary>
    public IReadOnlyList<FieldDescriptor> PathFields { get; } =
        [.. FieldPattern().Matches(Path).Select(match => Method.InputType.FindFieldByName(match.Groups[1].Value))];

    /// <summary>Fields of the request that may be in the query.</summary>
    public IReadOnlyList<FieldDescriptor> QueryFields => HasBody ? [] : [.. Method.InputType.Fields.InDeclarationOrder().Except(PathFields)];

    /// <summary>The binding of an RPC; <c>null</c> if it is not called over HTTP.</summary>
    /// <param name="method">The RPC.</param>
    public static HttpBinding? Of(MethodDescriptor method)
    {
        if (method.GetOptions()?.GetExtension(AnnotationsExtensions.Http) is not { } rule)
        {
            return null;
        }

        var (verb, path) = rule.PatternCase switch
        {
            HttpRule.PatternOneofCase.Get => (HttpMethods.Get, rule.Get),
            HttpRule.PatternOneofCase.Post => (HttpMethods.Post, rule.Post),
            _ => throw new NotSupportedException($"{method.FullName}: bindings are get or post, not {rule.PatternCase}."),
        };
        return new HttpBinding(method, verb, path, rule.Body == "*");
    }

    /// <summary>Whether a path is one of this binding.</summary>
    /// <param name="path">The path of a request.</param>
    public bool IsAt(string path) =>
        Regex.IsMatch(path, $"^{FieldPattern().Replace(Regex.Escape(Path).Replace(@"\{", "{", StringComparison.Ordinal), "[^/]+")}$");

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex FieldPattern();
}
