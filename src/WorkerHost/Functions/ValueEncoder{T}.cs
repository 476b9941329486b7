using WorkerPool.Protocol.Errors;
using WorkerPool.V1;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>Writes what a function returned.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
internal abstract class ValueEncoder<T>
{
    /// <summary>Writes a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="encoding">JSON, or the function's own encoding of values.</param>
    /// <param name="target">Where to.</param>
    /// <exception cref="ItemRefusedException">The value has no form in that encoding.</exception>
    public abstract void Encode(T? value, Encoding encoding, ValueBuffer target);

    /// <summary>The refusal of a value.</summary>
    /// <param name="why">What stands in the way, as the end of a sentence.</param>
    protected static ItemRefusedException NotEncodable(string why) =>
        new(ErrorReasons.ValueNotEncodable, $"The value cannot be encoded: {why}.");
}
