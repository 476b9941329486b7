using System.Reflection;

namespace WorkerPool.Client.Methods;

/// <summary>
/// Methods for a pool at an address, which never loads what its clients name: each stands for the function of its name, in
/// <c>[WorkerFunction]</c> or its own, that the pool has.
/// </summary>
internal sealed class MethodsByName : ICallerMethods
{
    private const string AttributeName = "WorkerPool.WorkerFunctionAttribute";

    /// <inheritdoc/>
    public FunctionReference Bind(Delegate method)
    {
        MethodRules.Check(method);
        MethodRules.CheckCaptures(method);
        return MethodName.IsLambda(method.Method)
            ? throw MethodRules.Refusal(
                $"{MethodName.Of(method.Method)} has no name, and a pool at an address runs functions of its own libraries, by name. "
                + "Give the name of a function, or a method that the pool has as one.")
            : new FunctionReference(NameOf(method.Method), method);
    }

    // By the attribute's name: which build of it the method was compiled with does not matter.
    private static string NameOf(MethodInfo method) =>
        method.GetCustomAttributesData().FirstOrDefault(data => data.AttributeType.FullName == AttributeName) is
        { ConstructorArguments: [{ Value: string name }, ..] }
            ? name
            : MethodName.LocalName(method) ?? method.Name;
}
