using WorkerPool.Protocol.Errors;

namespace WorkerPool.WorkerHost.Functions.Objects;

/// <summary>The object whose methods are functions: one of its class in a worker, made when it is first needed. For any runner.</summary>
/// <param name="type">Its class.</param>
/// <param name="services">What its constructor may ask for.</param>
internal sealed class FunctionObject(Type type, LibraryServices services)
{
    private readonly Lock _gate = new();
    private object? _value;

    /// <summary>What its constructor may ask for; they are disposed together.</summary>
    public LibraryServices Services { get; } = services;

    /// <summary>Full name of its class.</summary>
    public string ClassName { get; } = type.FullName ?? type.Name;

    /// <summary>Whether it was made.</summary>
    public bool IsMade => _value is not null;

    /// <summary>The object. Where its constructor threw, it is tried again.</summary>
    /// <exception cref="ItemRefusedException">Its constructor threw.</exception>
    public object Value
    {
        get
        {
            lock (_gate)
            {
                return _value ??= Make();
            }
        }
    }

    private object Make()
    {
        try
        {
            return Services.Make(type);
        }
        catch (Exception error)
        {
            var cause = ExceptionText.Unwrapped(error);
            throw new ItemRefusedException(
                ErrorReasons.ConstructorFailed,
                $"The worker could not make an object of {ClassName}: {cause.GetType().FullName}: {ExceptionText.Message(cause)}",
                ("class", ClassName));
        }
    }
}
