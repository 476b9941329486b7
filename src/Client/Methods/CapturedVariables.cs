using System.Buffers.Binary;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace WorkerPool.Client.Methods;

/// <summary>Which variables a lambda or local function has captured, by the names they were written with.</summary>
internal static class CapturedVariables
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    private const byte LoadField = 0x7B;
    private const byte StoreField = 0x7D;

    /// <summary>The names; <c>this</c> for the object whose method it is written in.</summary>
    /// <param name="method">The lambda or local function.</param>
    /// <param name="target">What it is called on.</param>
    public static IReadOnlyList<string> Of(MethodInfo method, object target)
    {
        if (!IsClosure(target.GetType()))
        {
            return ["this"];
        }

        var fields = FieldsOf(target.GetType()).ToList();
        var used = fields.Where(field => Uses(method, field)).ToList();
        return [.. (used.Count > 0 ? used : fields).Select(Name).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether a type was made by the compiler to hold captured variables, of which there may be none.</summary>
    /// <param name="type">The type.</param>
    public static bool IsClosure(Type type) => type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    /// <summary>Whether a type has nothing to hold variables in.</summary>
    /// <param name="type">The type.</param>
    public static bool IsEmpty(Type type) => type.GetFields(Fields).Length == 0;

    // The variables of an outer scope are fields of another closure, which is a field of this one.
    private static IEnumerable<FieldInfo> FieldsOf(Type closure) => closure.GetFields(Fields).SelectMany(field =>
        field.Name.StartsWith("CS$", StringComparison.Ordinal) && IsClosure(field.FieldType) ? FieldsOf(field.FieldType) : [field]);

    private static string Name(FieldInfo field) => field.Name switch
    {
        _ when field.Name.EndsWith("__this", StringComparison.Ordinal) => "this",
        _ when field.Name.StartsWith('<') && field.Name.IndexOf('>') is > 1 and var end => field.Name[1..end],
        var name => name,
    };

    // One closure holds what all lambdas of a scope capture; the code says which of it is this one's.
    private static bool Uses(MethodInfo method, FieldInfo field) => Bodies(method).Any(code => Uses(code, field.MetadataToken));

    private static IEnumerable<byte[]> Bodies(MethodInfo method)
    {
        var machine = method.GetCustomAttribute<StateMachineAttribute>()?.StateMachineType;
        var moveNext = machine?.GetMethod("MoveNext", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        return new[] { method, moveNext }.Select(body => body?.GetMethodBody()?.GetILAsByteArray()).OfType<byte[]>();
    }

    private static bool Uses(ReadOnlySpan<byte> code, int token)
    {
        for (var at = 0; at + sizeof(int) < code.Length; at++)
        {
            if (code[at] is >= LoadField and <= StoreField && BinaryPrimitives.ReadInt32LittleEndian(code[(at + 1)..]) == token)
            {
                return true;
            }
        }

        return false;
    }
}
