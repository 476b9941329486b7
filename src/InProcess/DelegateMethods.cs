using System.Runtime.CompilerServices;
using WorkerPool.V1;
using WorkerPool.WorkerHost.Functions;
using WorkerPool.WorkerHost.Functions.Methods;

namespace WorkerPool.InProcess;

/// <summary>The methods of a pool's calls as one worker runs them, each on the object that it was given with.</summary>
/// <param name="table">The methods.</param>
internal sealed class DelegateMethods(DelegateTable table) : IMethodSource
{
    // A function keeps its method alive, but not from here.
    private readonly ConditionalWeakTable<Delegate, WorkerFunction> _functions = [];

    /// <inheritdoc/>
    public WorkerFunction Find(string name, CallerMethod method)
    {
        var found = table.Find(method.DelegateId) ?? throw new FunctionLibraryException($"The call of {name} is over.");
        return _functions.TryGetValue(found, out var function) ? function : Make(name, found);
    }

    private WorkerFunction Make(string name, Delegate method)
    {
        if (SignatureRules.ShapeProblem(method.Method) is { } problem)
        {
            throw new FunctionLibraryException($"{name} {problem}.");
        }

        var function = new WorkerFunction(name, method.Method, "", "the program", method.Target);
        _functions.Add(method, function);
        return function;
    }
}
