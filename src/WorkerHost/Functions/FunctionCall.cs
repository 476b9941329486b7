using WorkerPool.V1;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>
/// A function made ready to run: read an item, invoke, write the value, clear. Holds the state of the one item that
/// is running; for one thread.
/// </summary>
internal abstract class FunctionCall
{
    /// <summary>Takes the item.</summary>
    /// <param name="item">The item.</param>
    /// <exception cref="ItemRefusedException">The item is malformed, or not what the function takes.</exception>
    public abstract void Read(in Item item);

    /// <summary>Reads arguments that are an array or an object whatever their number.</summary>
    /// <param name="list">The array or object, in JSON.</param>
    /// <exception cref="ItemRefusedException">It is malformed, or not what the function takes.</exception>
    public abstract void ReadList(in Item list);

    /// <summary>Runs the user's code, to its end if it is asynchronous. Throws whatever it throws.</summary>
    /// <param name="maxValueBytes">The largest value that is taken, in bytes, for a function that can stop early.</param>
    /// <param name="token">For a function that takes one.</param>
    /// <exception cref="ItemRefusedException">It is known why there is no value, and that no user's code threw.</exception>
    public abstract void Invoke(long maxValueBytes, CancellationToken token);

    /// <summary>Writes the value.</summary>
    /// <param name="encoding">JSON, or the function's own encoding of values.</param>
    /// <param name="target">Where to.</param>
    /// <exception cref="ItemRefusedException">The value has no form in that encoding.</exception>
    public abstract void Write(Encoding encoding, ValueBuffer target);

    /// <summary>Lets go of the item and the value.</summary>
    public abstract void Clear();
}
