using System.Reflection;
using System.Runtime.CompilerServices;
using WorkerPool.Protocol.Json;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>What a method must look like to be a function.</summary>
internal static class SignatureRules
{
    /// <summary>Checks a method that carries the attribute.</summary>
    /// <param name="method">The method.</param>
    /// <returns>What is wrong and what to do, as the end of a sentence about the method; <c>null</c> if it is sound.</returns>
    public static string? Problem(MethodInfo method)
    {
        var type = method.DeclaringType!;
        if (!method.IsPublic)
        {
            return "is not public; make it so";
        }

        if (!type.IsVisible)
        {
            return $"is in {type.FullName}, which is not public; make the type, and those around it, public";
        }

        return ShapeProblem(method) ?? (method.IsStatic ? null : ObjectProblem(type));
    }

    /// <summary>Checks what a method takes and gives, whoever may see it.</summary>
    /// <param name="method">The method.</param>
    /// <returns>What is wrong and what to do, as the end of a sentence about the method; <c>null</c> if it is sound.</returns>
    public static string? ShapeProblem(MethodInfo method)
    {
        if (method.ContainsGenericParameters || method.DeclaringType!.ContainsGenericParameters)
        {
            return "has open type parameters; a worker cannot choose them, so make it a method of concrete types";
        }

        if (method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute), false))
        {
            return "is async void, which nobody can wait for; return Task";
        }

        return ParametersProblem(method.GetParameters()) ?? ValueProblem(method.ReturnType);
    }

    private static string? ObjectProblem(Type type) => type switch
    {
        { IsAbstract: true } => $"is of {type.FullName}, which is abstract, so that no worker can make an object of it; mark methods of a class that can be made",
        { IsValueType: true } => $"is of {type.FullName}, a struct; make that a class, or the method static",
        _ when type.GetConstructors().Length == 0 => $"is of {type.FullName}, which has no public constructor; give it one, or make the method static",
        _ => null,
    };

    /// <summary>Whether a parameter is for the item to fill, or for the arguments that all items have in common.</summary>
    /// <param name="parameter">The parameter.</param>
    public static bool IsOfItem(ParameterInfo parameter) =>
        parameter.ParameterType != typeof(CancellationToken) && parameter.ParameterType != typeof(WorkerContext);

    private static string? ParametersProblem(ParameterInfo[] parameters)
    {
        foreach (var type in new[] { typeof(CancellationToken), typeof(WorkerContext) })
        {
            if (parameters.Count(p => p.ParameterType == type) > 1)
            {
                return $"takes more than one {type.Name}; leave one";
            }
        }

        var several = parameters.Count(IsOfItem) > 1;
        foreach (var parameter in parameters.Where(IsOfItem))
        {
            if (ParameterProblem(parameter, several) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static string? ParameterProblem(ParameterInfo parameter, bool several)
    {
        var type = parameter.ParameterType;
        if (type.IsByRef)
        {
            return $"takes {parameter.Name} by reference (ref, out or in); take it by value and return results";
        }

        if (type.IsPointer || type.IsFunctionPointer || type.IsByRefLike)
        {
            return $"takes {parameter.Name} as {Words(type)}, which no item can be read into; take an array or ReadOnlyMemory<byte>";
        }

        if (Codecs.Native(type) == V1.Encoding.Json && UncarriedTypes.Of(type, isRead: true) is { } problem)
        {
            return $"takes {parameter.Name} as {problem}";
        }

        if (several && ProtobufTypes.IsMessage(type))
        {
            return $"takes {parameter.Name} as a protobuf message beside other parameters; a message must be the only one";
        }

        if (several && type == typeof(EncodedItem))
        {
            return $"takes {parameter.Name} as {nameof(EncodedItem)} beside other parameters; it must be the only one, being the whole item";
        }

        return null;
    }

    private static string? ValueProblem(Type returnType)
    {
        var value = FunctionCallCompiler.ValueType(returnType);
        if (value.IsByRef || value.IsPointer || value.IsFunctionPointer || value.IsByRefLike)
        {
            return $"returns {Words(value)}, which cannot be written; return an array or ReadOnlyMemory<byte>";
        }

        if (UncarriedTypes.IsLongTuple(Nullable.GetUnderlyingType(value) ?? value))
        {
            return "returns a tuple of more than seven elements, which its caller cannot read; return a record";
        }

        return Codecs.Native(value) == V1.Encoding.Json && UncarriedTypes.Of(value, isRead: false) is { } problem ? $"returns {problem}" : null;
    }

    private static string Words(Type type) => type.IsFunctionPointer ? "a function pointer" : UncarriedTypes.NameOf(type);
}
