namespace WorkerPool.Client.Methods;

/// <summary>Methods for workers that are processes on this machine: they load the assemblies of the caller's program.</summary>
internal sealed class MethodsByAssembly : ICallerMethods
{
    /// <inheritdoc/>
    public FunctionReference Bind(Delegate method)
    {
        MethodRules.Check(method);
        MethodRules.CheckCaptures(method);
        return FunctionReference.WithoutValue(method) with { Method = MethodReference.To(method.Method) };
    }
}
