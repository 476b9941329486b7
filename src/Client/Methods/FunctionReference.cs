namespace WorkerPool.Client.Methods;

/// <summary>What a call is to run: a function of the pool by its name, or a method of the caller's program.</summary>
/// <param name="Name">Name of the function; of a method what people call it, or the function that stands for it.</param>
/// <param name="Delegate">The method; <c>null</c> where the function was named.</param>
/// <param name="Method">The method as the pool finds it; <c>null</c> for a function of the pool's own.</param>
internal sealed record FunctionReference(string Name, Delegate? Delegate = null, V1.CallerMethod? Method = null)
{
    /// <summary>What keeps the methods alive that the items of a job of calls name; <c>null</c> for other jobs.</summary>
    public CallBinder? Binder { get; init; }

    /// <summary>The function of a name.</summary>
    /// <param name="name">The name.</param>
    public static implicit operator FunctionReference(string name) => new(name);

    /// <summary>A method that gives a value, of which no pool knows yet.</summary>
    /// <param name="method">The method.</param>
    /// <exception cref="ArgumentNullException">It is <c>null</c>.</exception>
    /// <exception cref="InvalidRequestException">It gives a task without a value.</exception>
    public static FunctionReference To(Delegate method)
    {
        ArgumentNullException.ThrowIfNull(method);
        MethodRules.CheckValue(method);
        return WithoutValue(method);
    }

    /// <summary>A method whose value nobody looks at, of which no pool knows yet.</summary>
    /// <param name="method">The method.</param>
    /// <exception cref="ArgumentNullException">It is <c>null</c>.</exception>
    public static FunctionReference WithoutValue(Delegate method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return new FunctionReference(MethodName.Of(method.Method), method);
    }
}
