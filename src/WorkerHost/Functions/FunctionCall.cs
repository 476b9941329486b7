using WorkerPool.V1;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>
/// A function made ready to run: read an item, invoke, write the value, clear. Holds the state of the one item that
/// is running; for one thread.
/// </summary>
internal abstract class FunctionCall
{
    private readonly ArgumentList _arguments;

    /// <summary>A call with its arguments.</summary>
    /// <param name="arguments">Where the item goes.</param>
    protected FunctionCall(ArgumentList arguments) => _arguments = arguments;

    /// <summary>Reads the item into the arguments.</summary>
    /// <param name="item">The item.</param>
    /// <exception cref="ItemRefusedException">The item is malformed, or not what the function takes.</exception>
    public void Read(in Item item) => _arguments.Read(item);

    /// <summary>Runs the user's code, to its end if it is asynchronous. Throws whatever it throws.</summary>
    /// <param name="token">For a function that takes one.</param>
    public abstract void Invoke(CancellationToken token);

    /// <summary>Writes the value.</summary>
    /// <param name="encoding">JSON, or the function's own encoding of values.</param>
    /// <param name="target">Where to.</param>
    /// <exception cref="ItemRefusedException">The value has no form in that encoding.</exception>
    public abstract void Write(Encoding encoding, ValueBuffer target);

    /// <summary>Lets go of the arguments and the value.</summary>
    public virtual void Clear() => _arguments.Clear();
}

/// <summary>A function with a value of one type.</summary>
/// <typeparam name="T">Type of the value; of the task's result where the function is asynchronous.</typeparam>
internal sealed class FunctionCall<T> : FunctionCall
{
    private readonly Func<CancellationToken, T?> _body;
    private readonly ValueEncoder<T> _encoder;
    private T? _value;

    /// <summary>A call.</summary>
    /// <param name="arguments">Where the item goes.</param>
    /// <param name="body">Takes the arguments from their places and runs the function.</param>
    /// <param name="encoder">Writes the value.</param>
    public FunctionCall(ArgumentList arguments, Func<CancellationToken, T?> body, ValueEncoder<T> encoder)
        : base(arguments)
    {
        _body = body;
        _encoder = encoder;
    }

    /// <inheritdoc/>
    public override void Invoke(CancellationToken token) => _value = _body(token);

    /// <inheritdoc/>
    public override void Write(Encoding encoding, ValueBuffer target) => _encoder.Encode(_value, encoding, target);

    /// <inheritdoc/>
    public override void Clear()
    {
        base.Clear();
        _value = default;
    }
}
