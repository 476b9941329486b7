namespace WorkerPool.Client.Methods;

/// <summary>How the workers of a pool come by methods of the caller's program.</summary>
internal interface ICallerMethods
{
    /// <summary>Makes a method known to the pool, or finds out which of the pool's functions stands for it.</summary>
    /// <param name="method">The method.</param>
    /// <exception cref="InvalidRequestException">The pool cannot run it.</exception>
    FunctionReference Bind(Delegate method);
}
