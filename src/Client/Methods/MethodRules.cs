using System.Reflection;
using System.Reflection.Emit;
using WorkerPool.Protocol.Errors;
using WorkerPool.Protocol.Json;

namespace WorkerPool.Client.Methods;

/// <summary>Which methods can be given to a pool.</summary>
internal static class MethodRules
{
    /// <summary>Refuses what is not one method with a place of its own, or takes other types than its items are.</summary>
    /// <param name="method">The method.</param>
    /// <exception cref="InvalidRequestException">It cannot be given to any pool.</exception>
    public static void Check(Delegate method)
    {
        var name = MethodName.Of(method.Method);
        if (!method.HasSingleTarget)
        {
            throw Refusal($"{name} is one of several methods in one delegate, and an item has one value. Give one method.");
        }

        if (method.Method is DynamicMethod || method.Method.DeclaringType is not { } type || type.Assembly.IsDynamic)
        {
            throw Refusal($"{name} was made while the program runs, and is in no assembly that a worker could load. Give a method of the program's code.");
        }

        if (method.Method.ContainsGenericParameters)
        {
            throw Refusal($"{name} has open type parameters. Give a method of concrete types.");
        }

        if (method.Method.IsStatic && method.Target is not null)
        {
            throw Refusal($"{name} is bound to its first argument. Give a lambda that takes that from its item.");
        }

        CheckTypes(name, method);
    }

    /// <summary>Refuses a method that gives a task without a value where values are asked for.</summary>
    /// <param name="method">The method.</param>
    /// <exception cref="InvalidRequestException">It does.</exception>
    public static void CheckValue(Delegate method)
    {
        var type = method.GetType().GetMethod("Invoke")!.ReturnType;
        if (type == typeof(Task) || type == typeof(ValueTask))
        {
            throw Refusal(
                $"{MethodName.Of(method.Method)} gives a {type.Name} without a value, and this call gives values. Let it return something; "
                + "MapAsync, StarmapAsync, ApplyAsync, ImapOutcomesAsync and StartProcessAsync take methods that give a Task, or nothing.");
        }
    }

    /// <summary>Refuses a method that works on variables or objects of this process.</summary>
    /// <param name="method">The method.</param>
    /// <exception cref="InvalidRequestException">It captures variables, or is of an object.</exception>
    public static void CheckCaptures(Delegate method)
    {
        if (method.Target is not { } target)
        {
            return;
        }

        var name = MethodName.Of(method.Method);
        if (!method.Method.Name.StartsWith('<'))
        {
            throw Refusal(
                $"{name} is a method of an object, which exists in this process alone. Make it static, and what it needs of the "
                + $"object an argument of the item, or {SharedArgument}; or mark it [WorkerFunction] in a function library and give its "
                + "name, and each worker makes an object of its own.");
        }

        if (!CapturedVariables.IsClosure(target.GetType()) || !CapturedVariables.IsEmpty(target.GetType()))
        {
            var names = CapturedVariables.Of(method.Method, target);
            throw Refusal(
                $"{name} captures {Joined(names)}, which {(names.Count == 1 ? "exists" : "exist")} in this process alone. Make it an "
                + $"argument of the item, or {SharedArgument}, as in MapAsync((shared, item) => …, value, items).");
        }
    }

    /// <summary>The name of a method's first parameter, by which its argument is shared.</summary>
    /// <param name="method">The method.</param>
    /// <exception cref="InvalidRequestException">It has no name of its own, as in <c>(_, _) =&gt; 1</c>.</exception>
    public static string NameOfFirst(MethodInfo method)
    {
        var parameters = method.GetParameters();
        return parameters[0].Name is { } name && parameters.Count(each => each.Name == name) == 1
            ? name
            : throw Refusal($"{MethodName.Of(method)} has no name of its own for its first parameter, which is shared by name. Give it one.");
    }

    /// <summary>A refusal.</summary>
    /// <param name="message">What was wrong, and what to do.</param>
    public static InvalidRequestException Refusal(string message) => new(ErrorReasons.MethodRefused, message);

    private const string SharedArgument =
        "a shared argument of the job, which is given before the items and fills the method's first parameter";

    // Method(object) makes a fine Func<string, …>, but a worker reads items by what the method says it takes. Both items and
    // values are written by one process and read by another.
    private static void CheckTypes(string name, Delegate method)
    {
        foreach (var parameter in method.Method.GetParameters().Where(parameter => parameter.ParameterType != typeof(CancellationToken)))
        {
            if (UncarriedTypes.Of(parameter.ParameterType, isRead: true) is { } problem)
            {
                throw Refusal($"{name} takes {parameter.Name} as {problem}.");
            }
        }

        if (UncarriedTypes.Of(MethodSignature.ValueOf(method.Method.ReturnType), isRead: true) is { } valueProblem)
        {
            throw Refusal($"{name} gives {valueProblem}.");
        }

        foreach (var (item, parameter) in method.GetType().GetMethod("Invoke")!.GetParameters().Zip(method.Method.GetParameters()))
        {
            if (item.ParameterType != parameter.ParameterType)
            {
                throw Refusal(
                    $"{name} takes {parameter.Name} as {parameter.ParameterType.Name}, and is given {item.ParameterType.Name}. "
                    + "Call it in a lambda, which takes what the items are: static x => Method(x).");
            }
        }
    }

    private static string Joined(IReadOnlyList<string> names) =>
        names.Count == 1 ? names[0] : $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}";
}
