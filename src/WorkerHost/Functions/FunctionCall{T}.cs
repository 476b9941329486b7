using WorkerPool.V1;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>A function with a value of one type.</summary>
/// <typeparam name="T">Type of the value; of the task's result where the function is asynchronous.</typeparam>
internal sealed class FunctionCall<T> : FunctionCall
{
    private readonly ArgumentList _arguments;
    private readonly Func<CancellationToken, T?> _body;
    private readonly ValueEncoder<T> _encoder;
    private T? _value;

    /// <summary>A call.</summary>
    /// <param name="arguments">Where the item goes.</param>
    /// <param name="body">Takes the arguments from their places and runs the function.</param>
    /// <param name="encoder">Writes the value.</param>
    public FunctionCall(ArgumentList arguments, Func<CancellationToken, T?> body, ValueEncoder<T> encoder)
    {
        _arguments = arguments;
        _body = body;
        _encoder = encoder;
    }

    /// <inheritdoc/>
    public override void Read(in Item item) => _arguments.Read(item);

    /// <inheritdoc/>
    public override void ReadList(in Item list) => _arguments.ReadList(list);

    /// <inheritdoc/>
    public override void Invoke(long maxValueBytes, CancellationToken token) => _value = _body(token);

    /// <inheritdoc/>
    public override void Write(Encoding encoding, ValueBuffer target) => _encoder.Encode(_value, encoding, target);

    /// <inheritdoc/>
    public override void Clear()
    {
        _arguments.Clear();
        _value = default;
    }
}
