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
    // An integer that fits is in _small; _large is null then. A boxed BigInteger keeps the struct small for the
    // usual case.
    private readonly object? _large;
    private readonly long _small;
    private readonly double _real;
    private readonly bool _isReal;

    /// <summary>An integer.</summary>
    /// <param name="value">Its value.</param>
    public Number(long value) => _small = value;

    /// <summary>An integer of any length.</summary>
    /// <param name="value">Its value.</param>
    public Number(BigInteger value)
    {
        if (value >= long.MinValue && value <= long.MaxValue)
        {
            _small = (long)value;
        }
        else
        {
            _large = value;
        }
    }

    /// <summary>A number that is not an integer by form; it may still have an integer's value.</summary>
    /// <param name="value">Its value.</param>
    public Number(double value)
    {
        _real = value;
        _isReal = true;
    }

    /// <summary>Whether this is an integer by form: <c>2</c> is, <c>2.0</c> is not.</summary>
    public bool IsInteger => !_isReal;

    /// <summary>Adds, exactly if both are integers.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    public static Number operator +(Number a, Number b)
    {
        if (a._isReal || b._isReal)
        {
            return new Number(a.ToDouble() + b.ToDouble());
        }

        // A sum overflows exactly when both have the sign that the sum has not.
        var sum = unchecked(a._small + b._small);
        return a._large is null && b._large is null && ((a._small ^ sum) & (b._small ^ sum)) >= 0
            ? new Number(sum)
            : new Number(a.ToBigInteger() + b.ToBigInteger());
    }

    /// <summary>Multiplies, exactly if both are integers.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    public static Number operator *(Number a, Number b)
    {
        if (a._isReal || b._isReal)
        {
            return new Number(a.ToDouble() * b.ToDouble());
        }

        if (a._large is null && b._large is null)
        {
            // The product fits exactly when the high half is only the sign of the low half.
            var high = Math.BigMul(a._small, b._small, out var low);
            if (high == low >> 63)
            {
                return new Number(low);
            }
        }

        return new Number(a.ToBigInteger() * b.ToBigInteger());
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
        value = _small;
        return !_isReal && _large is null;
    }

    /// <summary>The integer; of a real number, what stands before its point.</summary>
    public BigInteger ToBigInteger() => _isReal ? new BigInteger(_real) : _large is BigInteger large ? large : _small;

    /// <summary>The nearest double; infinite beyond its range.</summary>
    public double ToDouble() => _isReal ? _real : _large is BigInteger large ? (double)large : _small;

    /// <inheritdoc/>
    public bool Equals(Number other) =>
        _isReal == other._isReal
        && _small == other._small
        && _real.Equals(other._real)
        && Equals(_large, other._large);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Number other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_small, _real, _large);

    /// <inheritdoc/>
    public override string ToString() => _isReal
        ? _real.ToString(CultureInfo.InvariantCulture)
        : ToBigInteger().ToString(CultureInfo.InvariantCulture);
}
