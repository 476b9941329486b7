namespace WorkerPool.Client;

/// <summary>A call of a function on an item, for maps of calls of several functions: joblib's <c>delayed</c>.</summary>
/// <param name="Function">Name of the function.</param>
/// <param name="Item">The item, which travels as JSON: of a function of several parameters a tuple, an array or an object.</param>
public sealed record Call(string Function, object? Item)
{
    /// <summary>A call.</summary>
    /// <param name="function">Name of the function.</param>
    /// <param name="item">The item. Default: <c>null</c>.</param>
    public static Call Of(string function, object? item = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(function);
        return new Call(function, item);
    }
}
