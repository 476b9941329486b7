using System.Globalization;
using System.Numerics;
using System.Text.Json.Serialization;

namespace WorkerPool.WorkerHost.BuiltIns;

/// <summary>
/// A JSON number that stays what it is: integers are exact whatever their length, other numbers are doubles.
/// </summary>
[JsonConverter(typeof(NumberConverter))]
public readonly struct Number : IEquatable<Number>
{
    // What the bits are, in two words, so that a number travels in registers: null for an integer that fits; the integer,
    // boxed, for one that does not; Real for a double.
    private static readonly object Real = new();
    private readonly object? _form;
    private readonly long _bits;

    /// <summary>An integer.</summary>
    /// <param name="value">Its value.</param>
    public Number(long value) => _bits = value;

    /// <summary>An integer of any length.</summary>
    /// <param name="value">Its value.</param>
    public Number(BigInteger value)
    {
        if (value >= long.MinValue && value <= long.MaxValue)
        {
            _bits = (long)value;
        }
        else
        {
            _form = value;
        }
    }

    /// <summary>A number that is not an integer by form; it may still have an integer's value.</summary>
    /// <param name="value">Its value.</param>
    public Number(double value)
    {
        _form = Real;
        _bits = BitConverter.DoubleToInt64Bits(value);
    }

    /// <summary>Whether this is an integer by form: <c>2</c> is, <c>2.0</c> is not.</summary>
    public bool IsInteger => _form != Real;

    /// <summary>Adds, exactly if both are integers.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    public static Number operator +(Number a, Number b)
    {
        if (a._form is null && b._form is null)
        {
            // A sum overflows exactly when both have the sign that the sum has not.
            var sum = unchecked(a._bits + b._bits);
            if (((a._bits ^ sum) & (b._bits ^ sum)) >= 0)
            {
                return new Number(sum);
            }
        }

        return a.IsInteger && b.IsInteger
            ? new Number(a.ToBigInteger() + b.ToBigInteger())
            : new Number(a.ToDouble() + b.ToDouble());
    }

    /// <summary>Multiplies, exactly if both are integers.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    public static Number operator *(Number a, Number b)
    {
        if (a._form is null && b._form is null)
        {
            // The product fits exactly when the high half is only the sign of the low half.
            var high = Math.BigMul(a._bits, b._bits, out var low);
            if (high == low >> 63)
            {
                return new Number(low);
            }
        }

        return a.IsInteger && b.IsInteger
            ? new Number(a.ToBigInteger() * b.ToBigInteger())
            : new Number(a.ToDouble() * b.ToDouble());
    }

    /// <summary>Compares form and value.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Number left, Number right) => left.Equals(right);

    /// <summary>Compares form and value.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Number left, Number right) => !left.Equals(right);

    /// <summary>The integer, if it is one and fits.</summary>
    /// <param name="value">Its value.</param>
    public bool TryGetInt64(out long value)
    {
        value = _bits;
        return _form is null;
    }

    /// <summary>The integer; of a real number, what stands before its point.</summary>
    public BigInteger ToBigInteger() => _form is null ? _bits : _form is BigInteger large ? large : new BigInteger(ToDouble());

    /// <summary>The nearest double; infinite beyond its range.</summary>
    public double ToDouble() => _form is null ? _bits : _form is BigInteger large ? (double)large : BitConverter.Int64BitsToDouble(_bits);

    /// <inheritdoc/>
    public bool Equals(Number other) => IsInteger || other.IsInteger
        ? _bits == other._bits && Equals(_form, other._form)
        : ToDouble().Equals(other.ToDouble());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Number other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => IsInteger ? HashCode.Combine(_bits, _form) : ToDouble().GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => !IsInteger
        ? ToDouble().ToString(CultureInfo.InvariantCulture)
        : ToBigInteger().ToString(CultureInfo.InvariantCulture);
}
