using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace WorkerPool.Protocol.Json;

/// <summary>
/// Types of which System.Text.Json carries no value, known before there is one: by what they are, what they are made of, and how they
/// can be made. It asks for no metadata of the serializer, which would cost a worker's start. What members of a class it cannot carry
/// shows with the value that has one.
/// </summary>
public static class UncarriedTypes
{
    private static readonly (Type Type, string Advice)[] Kinds =
    [
        (typeof(nint), "use long"),
        (typeof(nuint), "use ulong"),
        (typeof(MemberInfo), "use its name"),
        (typeof(Assembly), "use its name"),
        (typeof(Stream), "use the bytes (byte[])"),
        (typeof(Exception), "use its message, or throw it"),
        (typeof(Task), "use the value itself"),
    ];

    /// <summary>What is wrong with a type.</summary>
    /// <param name="type">The type of an item, an argument or a value.</param>
    /// <param name="isRead">Whether it is also read, which takes making one.</param>
    /// <returns>The type, what of it cannot be carried, and what to use, as the end of a sentence; <c>null</c> if nothing is known to be wrong.</returns>
    public static string? Of(Type type, bool isRead)
    {
        if (Problem(type, isRead) is not var (culprit, problem))
        {
            return null;
        }

        var of = culprit == type ? "" : $" of {NameOf(culprit)}";
        return $"{NameOf(type)}{of}, {problem}";
    }

    /// <summary>The name of a type as it is written in code, without namespaces: <c>List&lt;Int32[,]&gt;</c>.</summary>
    /// <param name="type">The type.</param>
    public static string NameOf(Type type) => type switch
    {
        _ when IsLongTuple(type) => "a tuple of more than seven elements",
        { IsArray: true } => $"{NameOf(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]",
        { IsGenericType: true } => $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>",
        _ => type.Name,
    };

    /// <summary>Whether a type is a tuple of more elements than can be read: it can be written, to fill as many parameters.</summary>
    /// <param name="type">The type.</param>
    public static bool IsLongTuple(Type type) =>
        type.IsValueType && type.IsAssignableTo(typeof(ITuple)) && TupleConverterFactory.ElementsOf(type) is null;

    private static (Type Culprit, string Problem)? Problem(Type type, bool isRead)
    {
        if (type.IsDefined(typeof(JsonConverterAttribute), inherit: false))
        {
            return null;
        }

        if (OwnProblem(type, isRead) is { } problem)
        {
            return (type, problem);
        }

        // The parts of a collection or tuple are carried with it; other type arguments may mean anything.
        var parts = type.IsArray ? [type.GetElementType()!] : type.IsGenericType && IsOfTheFramework(type) ? type.GetGenericArguments() : [];
        return parts.Select(part => Problem(part, isRead)).FirstOrDefault(found => found is not null);
    }

    private static string? OwnProblem(Type type, bool isRead)
    {
        if (type.IsArray && type.GetArrayRank() > 1)
        {
            return "which JSON cannot carry; use an array of arrays";
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() is var open)
        {
            if (open == typeof(ValueTask<>))
            {
                return "which JSON cannot carry; use the value itself";
            }

            if (open == typeof(IAsyncEnumerable<>))
            {
                return "which JSON cannot carry; use a list";
            }
        }

        if (isRead && IsLongTuple(type))
        {
            return "which cannot be read; use a record";
        }

        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return "a delegate, which JSON cannot carry; use data";
        }

        foreach (var (kind, advice) in Kinds)
        {
            if (kind.IsAssignableFrom(type))
            {
                return $"which JSON cannot carry; {advice}";
            }
        }

        return isRead && !IsOfTheFramework(type) && !typeof(IEnumerable).IsAssignableFrom(type) ? MakingProblem(type) : null;
    }

    private static string? MakingProblem(Type type)
    {
        if (type.IsAbstract)
        {
            return type.IsDefined(typeof(JsonDerivedTypeAttribute), inherit: false)
                ? null
                : "which is abstract, so that none can be made from JSON; use a class, or say with [JsonDerivedType] which there are";
        }

        const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;
        var constructors = type.GetConstructors(Any);
        return type.IsValueType || type.IsGenericParameter
            || constructors.Count(constructor => constructor.IsPublic) == 1
            || constructors.Any(constructor => constructor.IsPublic && constructor.GetParameters().Length == 0)
            || constructors.Any(constructor => constructor.IsDefined(typeof(JsonConstructorAttribute), inherit: false))
            ? null
            : "which has no constructor that can be chosen to make one from JSON; mark one with [JsonConstructor]";
    }

    private static bool IsOfTheFramework(Type type) => type.Assembly.GetName().Name is { } name
        && (name.StartsWith("System.", StringComparison.Ordinal) || name is "System" or "mscorlib");
}
