using System.Linq.Expressions;
using System.Reflection;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>Compiles the call of a function, so that no item pays for reflection.</summary>
internal static class FunctionCallCompiler
{
    private static readonly Expression Context =
        Expression.Property(null, typeof(WorkerContext).GetProperty(nameof(WorkerContext.Current))!);

    /// <summary>Compiles a call.</summary>
    /// <param name="name">Name of the function.</param>
    /// <param name="method">Its method, found sound by <see cref="SignatureRules"/>.</param>
    /// <param name="target">The object it is called on; <c>null</c> (default) for a static method.</param>
    /// <param name="shared">Arguments that are not for the items to give, by the name of their parameter. Default: none.</param>
    /// <exception cref="ItemRefusedException">One of these is malformed, or not what its parameter takes, or has none.</exception>
    /// <exception cref="NotSupportedException">System.Text.Json cannot write what the function returns.</exception>
    public static FunctionCall Compile(
        string name, MethodInfo method, object? target = null, IReadOnlyDictionary<string, SharedValue>? shared = null)
    {
        var token = Expression.Parameter(typeof(CancellationToken), "token");
        var arguments = new List<Argument>();
        var values = new List<Expression>();
        foreach (var parameter in method.GetParameters())
        {
            if (!SignatureRules.IsOfItem(parameter))
            {
                values.Add(parameter.ParameterType == typeof(CancellationToken) ? token : Context);
                continue;
            }

            var argument = Argument.Create(parameter);
            values.Add(argument.Value);
            if (shared?.GetValueOrDefault(argument.Name) is { } value)
            {
                argument.ReadShared(name, value);
            }
            else
            {
                arguments.Add(argument);
            }
        }

        if (shared?.Keys.FirstOrDefault(key => !Array.Exists(method.GetParameters(), parameter => parameter.Name == key && SignatureRules.IsOfItem(parameter))) is { } unknown)
        {
            throw new ItemRefusedException(
                Protocol.Errors.ErrorReasons.SharedArgumentInvalid, $"{name} has no parameter \"{unknown}\" that could be shared.");
        }

        var valueType = ValueType(method.ReturnType);
        var body = Waited(Expression.Call(target is null ? null : Expression.Constant(target), method, values));
        var compiled = Expression.Lambda(
            typeof(Func<,>).MakeGenericType(typeof(CancellationToken), valueType), body, token).Compile();
        return (FunctionCall)Activator.CreateInstance(
            typeof(FunctionCall<>).MakeGenericType(valueType),
            new ArgumentList(name, arguments, [.. shared?.Keys ?? []]),
            compiled,
            Codecs.Encoder(valueType))!;
    }

    /// <summary>Type of the value that a return type leads to.</summary>
    /// <param name="returnType">What a method returns.</param>
    public static Type ValueType(Type returnType)
    {
        if (returnType == typeof(void) || returnType == typeof(Task) || returnType == typeof(ValueTask))
        {
            return typeof(NoValue);
        }

        return IsGeneric(returnType, typeof(Task<>)) || IsGeneric(returnType, typeof(ValueTask<>))
            ? returnType.GetGenericArguments()[0]
            : returnType;
    }

    private static Expression Waited(Expression call) => call.Type switch
    {
        var type when type == typeof(void) => Expression.Block(call, Expression.Default(typeof(NoValue))),
        var type when type == typeof(Task) => Wait(nameof(Waiting.For), call),
        var type when type == typeof(ValueTask) => Wait(nameof(Waiting.ForValue), call),
        var type when IsGeneric(type, typeof(Task<>)) => Wait(nameof(Waiting.ForResult), call),
        var type when IsGeneric(type, typeof(ValueTask<>)) => Wait(nameof(Waiting.ForValueResult), call),
        _ => call,
    };

    private static MethodCallExpression Wait(string method, Expression call) =>
        Expression.Call(typeof(Waiting), method, call.Type.GetGenericArguments(), call);

    private static bool IsGeneric(Type type, Type definition) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == definition;
}
