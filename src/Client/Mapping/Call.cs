using System.Text.Json.Serialization;
using WorkerPool.Client.Methods;

namespace WorkerPool.Client;

/// <summary>A call of a function, or of a method, on an item, for maps of calls of several functions: joblib's <c>delayed</c>.</summary>
/// <param name="Function">Name of the function; of a method what people call it.</param>
/// <param name="Item">The item, which travels as JSON: of a function of several parameters a tuple, an array or an object.</param>
public sealed partial record Call(string Function, object? Item)
{
    /// <summary>The method; <c>null</c> where the function was named.</summary>
    [JsonIgnore]
    internal Delegate? Delegate { get; init; }

    /// <summary>The method as a worker finds it, a <see cref="V1.CallerMethod"/>; <c>null</c> for a function of the pool's.</summary>
    [JsonInclude]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal byte[]? Method { get; init; }

    /// <summary>A call.</summary>
    /// <param name="function">Name of the function.</param>
    /// <param name="item">The item. Default: <c>null</c>.</param>
    public static Call Of(string function, object? item = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(function);
        return new Call(function, item);
    }

    private static Call To(Delegate method, object? item)
    {
        ArgumentNullException.ThrowIfNull(method);
        return new Call(MethodName.Of(method.Method), item) { Delegate = method };
    }
}
