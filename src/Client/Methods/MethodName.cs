using System.Reflection;

namespace WorkerPool.Client.Methods;

/// <summary>What people call a method: <c>Type.Method</c>, <c>Type.Caller lambda</c>.</summary>
internal static class MethodName
{
    private const char LambdaMark = 'b';
    private const char LocalMark = 'g';

    /// <summary>The name of a method, of a lambda with the method that it stands in.</summary>
    /// <param name="method">The method.</param>
    public static string Of(MethodInfo method)
    {
        var type = TypeName(method.DeclaringType);
        if (LocalName(method) is { } local)
        {
            return type + local;
        }

        return IsLambda(method) ? $"{type}{Caller(method.Name)} lambda" : type + method.Name;
    }

    /// <summary>Whether a method was written as a lambda.</summary>
    /// <param name="method">The method.</param>
    public static bool IsLambda(MethodInfo method) => Mark(method.Name) == LambdaMark;

    /// <summary>The name that a local function was written with; <c>null</c> for what is none.</summary>
    /// <param name="method">The method.</param>
    public static string? LocalName(MethodInfo method) => Mark(method.Name) == LocalMark
        ? method.Name[(EndOfCaller(method.Name) + 4)..].Split('|')[0]
        : null;

    // The compiler names lambdas <Caller>b__0_1 and local functions <Caller>g__Name|0_1; the caller may be one of its own.
    private static char Mark(string name) => EndOfCaller(name) is var end and > 0 && end + 3 < name.Length && name[end + 2] == '_'
        ? name[end + 1]
        : default;

    private static int EndOfCaller(string name) => name.StartsWith('<') ? name.LastIndexOf('>') : -1;

    private static string Caller(string name) => name[1..EndOfCaller(name)].Trim('<', '>', '$');

    private static string TypeName(Type? type)
    {
        while (type is { DeclaringType: { } outer } && type.Name.StartsWith('<'))
        {
            type = outer;
        }

        return type is null ? "" : type.Name.Split('`')[0] + ".";
    }
}
