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

    /// <summary>Reads arguments that are an array or an object whatever their number.</summary>
    /// <param name="list">The array or object, in JSON.</param>
    /// <exception cref="ItemRefusedException">It is malformed, or not what the function takes.</exception>
    public void ReadList(in Item list) => _arguments.ReadList(list);

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
