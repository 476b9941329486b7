using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace WorkerPool.Protocol.Json;

/// <summary>
/// Integers between their JSON text and their types, without a parser's start and end for each: what most items and values of
/// quick functions are. Anything else, and anything doubtful, is left to System.Text.Json.
/// </summary>
public static class JsonIntegers
{
    // So many digits fit into 64 bits whatever they are.
    private const int MaxDigits = 18;
    private const int MaxTextBytes = 20;

    /// <summary>Reads an integer of up to 18 digits in the form that JSON has for it.</summary>
    /// <param name="json">UTF-8 text: nothing but the integer.</param>
    /// <param name="value">The integer, if it is one.</param>
    public static bool TryRead(ReadOnlySpan<byte> json, out long value)
    {
        value = 0;
        var isNegative = json is [(byte)'-', ..];
        var digits = isNegative ? json[1..] : json;
        if (digits.Length is 0 or > MaxDigits || (digits[0] == '0' && digits.Length > 1))
        {
            return false;
        }

        foreach (var digit in digits)
        {
            var number = (uint)(digit - '0');
            if (number > 9)
            {
                return false;
            }

            value = (value * 10) + number;
        }

        value = isNegative ? -value : value;
        return true;
    }

    /// <summary>Reads an integer into a type, if that is <see cref="int"/> or <see cref="long"/>.</summary>
    /// <param name="json">UTF-8 text: nothing but the integer.</param>
    /// <param name="value">The value, if the type is one of these and the text an integer of it.</param>
    /// <typeparam name="T">The type.</typeparam>
    public static bool TryRead<T>(ReadOnlySpan<byte> json, [MaybeNullWhen(false)] out T value)
    {
        // The comparisons of types are the compiler's to decide: one branch is left.
        if (typeof(T) == typeof(long) && TryRead(json, out long large))
        {
            value = Unsafe.As<long, T>(ref large);
            return true;
        }

        if (typeof(T) == typeof(int) && TryRead(json, out long number) && number is >= int.MinValue and <= int.MaxValue)
        {
            var small = (int)number;
            value = Unsafe.As<int, T>(ref small);
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>Writes a value, if its type is <see cref="int"/> or <see cref="long"/>.</summary>
    /// <param name="value">The value.</param>
    /// <param name="target">Takes the text.</param>
    /// <typeparam name="T">Its type.</typeparam>
    /// <returns>Whether it is written.</returns>
    public static bool TryWrite<T>(T value, IBufferWriter<byte> target)
    {
        if (typeof(T) == typeof(long))
        {
            Write(Unsafe.As<T, long>(ref value), target);
            return true;
        }

        if (typeof(T) == typeof(int))
        {
            Write(Unsafe.As<T, int>(ref value), target);
            return true;
        }

        return false;
    }

    /// <summary>Writes an integer.</summary>
    /// <param name="value">The integer.</param>
    /// <param name="target">Takes the text.</param>
    public static void Write(long value, IBufferWriter<byte> target)
    {
        ArgumentNullException.ThrowIfNull(target);
        Utf8Formatter.TryFormat(value, target.GetSpan(MaxTextBytes), out var written);
        target.Advance(written);
    }
}
