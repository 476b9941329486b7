using WorkerPool.Client.Methods;

namespace WorkerPool.Client;

/// <summary>What maps of methods whose items have an argument in common share.</summary>
public sealed partial class Pool
{
    // By name, as every shared argument: the name is that of the method's first parameter.
    private static MapOptions SharedFirst(Delegate method, object? shared, MapOptions? options)
    {
        ArgumentNullException.ThrowIfNull(method);
        var name = MethodRules.NameOfFirst(method.Method);
        var chosen = options ?? MapOptions.Default;
        return chosen with { Shared = new Dictionary<string, object?>(chosen.Shared) { [name] = shared } };
    }
}
