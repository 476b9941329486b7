using System.Reflection;
using WorkerPool.Client.Encodings;
using WorkerPool.Client.Functions;
using WorkerPool.Protocol.Errors;
using WorkerPool.Protocol.Signatures;

namespace WorkerPool.Client.Methods;

/// <summary>What a method takes and gives, in the words of a pool's catalogue.</summary>
internal static class MethodSignature
{
    private const int MostNames = 8;

    /// <summary>A method described as a function.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="method">The method.</param>
    public static FunctionInfo Of(string name, MethodInfo method)
    {
        var parameters = method.GetParameters().Where(parameter => parameter.ParameterType != typeof(CancellationToken)).ToArray();
        var value = ValueOf(method.ReturnType);
        var takes = parameters.Select(parameter => $"{parameter.Name}: {Word(parameter.ParameterType)}");
        var single = parameters.Length == 1 ? parameters[0].ParameterType : typeof(object);
        return new FunctionInfo
        {
            Name = name,
            Signature = $"{name}({string.Join(", ", takes)}) -> {Word(value)}",
            Parameters = [.. parameters.Select(Describe)],
            ItemEncoding = EncodingOf(single),
            ValueEncoding = EncodingOf(value),
            ItemMessageType = TypeTraits.MessageOf(single)?.FullName ?? "",
            ValueMessageType = TypeTraits.MessageOf(value)?.FullName ?? "",
        };
    }

    /// <summary>The function that stands for a method.</summary>
    /// <param name="set">What the pool has.</param>
    /// <param name="name">Name of the function.</param>
    /// <param name="method">The method.</param>
    /// <param name="address">Where the pool is.</param>
    /// <exception cref="UnknownFunctionException">The pool has none of that name.</exception>
    /// <exception cref="InvalidRequestException">It has one, of another signature.</exception>
    public static FunctionInfo Match(FunctionSet set, string name, MethodInfo method, string address)
    {
        var wanted = Of(name, method);
        if (!set.ByName.TryGetValue(name, out var function))
        {
            throw new UnknownFunctionException(
                ErrorReasons.UnknownFunction,
                $"The pool at {address} has no function \"{name}\", which {MethodName.Of(method)} stands for there: a pool at an address "
                + $"runs functions of its own libraries. {Nearest(set, name)}");
        }

        return Fits(function, wanted)
            ? function
            : throw MethodRules.Refusal(
                $"The pool at {address} has {function.Signature}; {MethodName.Of(method)} is {wanted.Signature}. Give the pool the "
                + "library that the method is in, or call the function by its name.");
    }

    /// <summary>The type of the value that a method gives, at once or later; <c>void</c> for none.</summary>
    /// <param name="type">What it returns.</param>
    public static Type ValueOf(Type type) => type switch
    {
        _ when type == typeof(Task) || type == typeof(ValueTask) => typeof(void),
        { IsGenericType: true } when type.GetGenericTypeDefinition() is var open && (open == typeof(Task<>) || open == typeof(ValueTask<>)) =>
            type.GetGenericArguments()[0],
        _ => type,
    };

    private static FunctionParameter Describe(ParameterInfo parameter) =>
        new(parameter.Name ?? "", Word(parameter.ParameterType), parameter.HasDefaultValue) { Encoding = EncodingOf(parameter.ParameterType) };

    private static bool Fits(FunctionInfo function, FunctionInfo wanted)
    {
        var (has, takes) = (function.Parameters, wanted.Parameters);
        return takes.Count <= has.Count
            && takes.Zip(has).All(pair => FitsType(pair.First.Type, pair.Second.Type))
            && has.Skip(takes.Count).All(parameter => parameter.Optional)
            && FitsType(ValueWord(function), ValueWord(wanted));
    }

    // What is given for what is taken: a value of the function for a result, an item for a parameter.
    private static bool FitsType(string given, string taken) =>
        given == taken || taken == "any" || given == "any" || taken == given + "?" || (given == "integer" && taken == "number");

    private static string ValueWord(FunctionInfo function) => function.Signature[(function.Signature.LastIndexOf("-> ", StringComparison.Ordinal) + 3)..];

    private static string Nearest(FunctionSet set, string name)
    {
        var near = set.Functions.FirstOrDefault(function => Plain(function.Name) == Plain(name));
        if (near is not null)
        {
            return $"Did you mean \"{near.Name}\"? [WorkerFunction(\"{near.Name}\")] on the method says so.";
        }

        var names = set.Functions.Select(function => function.Name).ToList();
        var more = names.Count > MostNames ? $" and {names.Count - MostNames} more" : "";
        return $"It has {string.Join(", ", names.Take(MostNames))}{more}.";
    }

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();

    private static FunctionEncoding EncodingOf(Type type) => type switch
    {
        _ when type == typeof(byte[]) || type == typeof(ReadOnlyMemory<byte>) => FunctionEncoding.Raw,
        _ when TypeTraits.MessageOf(type) is not null => FunctionEncoding.Protobuf,
        _ => FunctionEncoding.Json,
    };

    private static string Word(Type type) =>
        SignatureWords.Name(type, static known => known == typeof(void) ? "null" : TypeTraits.MessageOf(known)?.FullName);
}
