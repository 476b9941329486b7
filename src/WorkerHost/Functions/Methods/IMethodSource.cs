using WorkerPool.V1;

namespace WorkerPool.WorkerHost.Functions.Methods;

/// <summary>Finds methods of the program that a worker belongs to. For one worker; used on one thread at a time.</summary>
internal interface IMethodSource
{
    /// <summary>The method as a function.</summary>
    /// <param name="name">What people call it.</param>
    /// <param name="method">The method.</param>
    /// <exception cref="FunctionLibraryException">It is not there, or cannot be a function.</exception>
    WorkerFunction Find(string name, CallerMethod method);
}
