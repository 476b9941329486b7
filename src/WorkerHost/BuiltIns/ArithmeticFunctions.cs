using System.Globalization;
using System.Numerics;

namespace WorkerPool.WorkerHost.BuiltIns;

/// <summary>Arithmetic on numbers, exact on integers of any length.</summary>
public static class ArithmeticFunctions
{
    /// <summary>The longest exact power, in bits: about 300 000 decimal digits.</summary>
    private const long MaxPowerBits = 1_000_000;

    /// <summary>x².</summary>
    /// <param name="x">The number.</param>
    [WorkerFunction("square", Summary = "The square of a number.")]
    public static Number Square(Number x) => x * x;

    /// <summary>x³.</summary>
    /// <param name="x">The number.</param>
    [WorkerFunction("cube", Summary = "The cube of a number.")]
    public static Number Cube(Number x) => x * x * x;

    /// <summary>The sum of two numbers.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    [WorkerFunction("add", Summary = "The sum of two numbers.")]
    public static Number Add(Number a, Number b) => a + b;

    /// <summary>A power. Exact for integers with an exponent of zero or more, else a double.</summary>
    /// <param name="base">The base.</param>
    /// <param name="exponent">The exponent.</param>
    /// <exception cref="DivideByZeroException">Zero to a negative power.</exception>
    /// <exception cref="ArgumentException">The exact power would be too long.</exception>
    [WorkerFunction("power", Summary = "A number to the power of another.")]
    public static Number Power(Number @base, Number exponent)
    {
        if (@base.ToDouble() == 0 && exponent.ToDouble() < 0)
        {
            throw new DivideByZeroException("Zero cannot be raised to a negative power.");
        }

        if (!@base.IsInteger || !exponent.IsInteger || exponent.ToBigInteger().Sign < 0)
        {
            return new Number(Math.Pow(@base.ToDouble(), exponent.ToDouble()));
        }

        return new Number(ExactPower(@base.ToBigInteger(), exponent.ToBigInteger()));
    }

    private static BigInteger ExactPower(BigInteger value, BigInteger exponent)
    {
        // The powers of these never grow, whatever the exponent.
        if (value.IsZero || value.IsOne || value == BigInteger.MinusOne)
        {
            return BigInteger.Pow(value, exponent.IsZero ? 0 : exponent.IsEven ? 2 : 1);
        }

        var bits = (BigInteger.Abs(value).GetBitLength() - 1) * exponent;
        if (bits > MaxPowerBits)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"The power would have more than {MaxPowerBits} bits, which is the limit of exact powers. Pass a number with a point, such as 2.0, for an approximate one."));
        }

        return BigInteger.Pow(value, (int)exponent);
    }
}
