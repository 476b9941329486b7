namespace WorkerPool;

/// <summary>
/// Makes a public static method a function that workers of a pool can run on items.
/// </summary>
/// <remarks>
/// The method may be synchronous or return <see cref="Task"/>, <see cref="Task{TResult}"/>, <see cref="ValueTask"/>
/// or <see cref="ValueTask{TResult}"/>; without a result it answers <c>null</c>. Its parameters are of any type that
/// System.Text.Json can read, <c>byte[]</c> or <see cref="ReadOnlyMemory{T}"/> of bytes (the item's raw bytes), a
/// protobuf message, or <see cref="EncodedItem"/>. With several parameters an item is an array (by position) or an
/// object (by name). A parameter of type <see cref="CancellationToken"/> takes no part in the item: it is cancelled
/// when the job ends early or the item runs over its timeout. Parameters with default values may be left out.
/// A method without parameters ignores its item.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class WorkerFunctionAttribute : Attribute
{
    /// <summary>A function named after its method.</summary>
    public WorkerFunctionAttribute()
    {
    }

    /// <summary>A function with a name of its own.</summary>
    /// <param name="name">The name, unique in the pool. Not empty.</param>
    public WorkerFunctionAttribute(string name) => Name = name;

    /// <summary>The function's name; <c>null</c> (default) for the name of its method.</summary>
    public string? Name { get; }

    /// <summary>What the function does, in a sentence, for those who list functions. Default: empty.</summary>
    public string Summary { get; init; } = "";
}
