using System.Globalization;
using System.Reflection;
using System.Text;

namespace WorkerPool.WorkerHost.Functions.Describing;

/// <summary>The name under which a compiler writes of a method in an XML documentation file, such as <c>M:Texts.Shout(System.String)</c>.</summary>
internal static class DocumentationName
{
    /// <summary>The name of a method.</summary>
    /// <param name="method">The method; neither it nor its type is generic.</param>
    public static string Of(MethodInfo method)
    {
        var name = new StringBuilder("M:");
        Append(name, method.DeclaringType!);
        name.Append('.').Append(method.Name);
        var parameters = method.GetParameters();
        for (var i = 0; i < parameters.Length; i++)
        {
            name.Append(i == 0 ? '(' : ',');
            Append(name, parameters[i].ParameterType);
        }

        return parameters.Length == 0 ? name.ToString() : name.Append(')').ToString();
    }

    private static void Append(StringBuilder name, Type type)
    {
        if (type.IsArray)
        {
            Append(name, type.GetElementType()!);
            var rank = type.GetArrayRank();
            name.Append(CultureInfo.InvariantCulture, $"[{(rank == 1 ? "" : string.Join(',', Enumerable.Repeat("0:", rank)))}]");
            return;
        }

        var taken = AppendName(name, type, type.GetGenericArguments());
        System.Diagnostics.Debug.Assert(taken == type.GetGenericArguments().Length, "each argument belongs to one of the types around");
    }

    // A type inside a generic one has that one's arguments first. Gives the number of arguments that the name has used up.
    private static int AppendName(StringBuilder name, Type type, Type[] arguments)
    {
        var taken = 0;
        if (type.DeclaringType is { } outer)
        {
            taken = AppendName(name, outer, arguments);
            name.Append('.');
        }
        else if (type.Namespace is { Length: > 0 } space)
        {
            name.Append(space).Append('.');
        }

        var parts = type.Name.Split('`');
        name.Append(parts[0]);
        if (parts.Length == 1)
        {
            return taken;
        }

        var count = int.Parse(parts[1], CultureInfo.InvariantCulture);
        for (var i = 0; i < count; i++)
        {
            name.Append(i == 0 ? '{' : ',');
            Append(name, arguments[taken + i]);
        }

        name.Append('}');
        return taken + count;
    }
}
