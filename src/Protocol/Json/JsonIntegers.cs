using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace WorkerPool.Protocol.Json;

/// <summary>
/// Integers between their JSON text and their types, without a parser's start and end for each: what most items and values of
/// quick functions are. Anything else, and anything doubtful, is left to System.Text.Json.
/// </summary>
/// <remarks>
/// Eight digits at a time, in the bytes of one number: two neighbours become one of the next base, by one multiplication for all of
/// them, and the other way round (D. Lemire, "Quickly parsing eight digits", 2018; P. Khuong, "How to print integers really fast", 2017).
/// </remarks>
public static class JsonIntegers
{
    // So many digits fit into 64 bits whatever they are.
    private const int MaxDigits = 18;

    // The longest text, and what is written behind it.
    private const int MaxTextBytes = 32;

    private const int Block = 8;
    private const long BlockBase = 100_000_000;
    private const ulong Zeros = 0x3030303030303030;

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

        // The first of them, so many that eight at a time follow.
        var first = digits.Length % Block;
        var eight = 0UL;
        if (first > 0 && !TryReadFirst(digits, first, out eight))
        {
            return false;
        }

        value = (long)eight;
        for (var at = first; at < digits.Length; at += Block)
        {
            if (!TryReadBlock(BinaryPrimitives.ReadUInt64LittleEndian(digits[at..]), out eight))
            {
                return false;
            }

            value = (value * BlockBase) + (long)eight;
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
        var text = target.GetSpan(MaxTextBytes);
        var written = 0;
        var rest = (ulong)value;
        if (value < 0)
        {
            text[written++] = (byte)'-';
            rest = 0 - rest;
        }

        const ulong Base = BlockBase;
        if (rest < Base)
        {
            WriteFirst(rest, text, ref written);
        }
        else if (rest < Base * Base)
        {
            WriteFirst(rest / Base, text, ref written);
            WriteBlock(rest % Base, text, ref written);
        }
        else
        {
            WriteFirst(rest / (Base * Base), text, ref written);
            WriteBlock(rest / Base % Base, text, ref written);
            WriteBlock(rest % Base, text, ref written);
        }

        target.Advance(written);
    }

    // The first digits, fewer than eight, as the last of eight whose others are zero.
    private static bool TryReadFirst(ReadOnlySpan<byte> digits, int count, out ulong value)
    {
        ulong text;
        if (digits.Length >= Block)
        {
            text = BinaryPrimitives.ReadUInt64LittleEndian(digits) << (8 * (Block - count));
        }
        else if (count >= 4)
        {
            // Two halves that overlap.
            text = ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(digits[(count - 4)..]) << 32)
                | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(digits) << (8 * (Block - count)));
        }
        else
        {
            text = 0;
            for (var at = 0; at < count; at++)
            {
                text |= (ulong)digits[at] << (8 * (Block - count + at));
            }
        }

        return TryReadBlock(text | (Zeros >> (8 * count)), out value);
    }

    // The first digit is in the lowest byte.
    private static bool TryReadBlock(ulong text, out ulong value)
    {
        var digits = text ^ Zeros;
        value = ((digits * 10) + (digits >> 8)) & 0x00FF00FF00FF00FF;
        value = ((value * 100) + (value >> 16)) & 0x0000FFFF0000FFFF;
        value = ((value * 10_000) + (value >> 32)) & 0xFFFFFFFF;

        // Whether a byte is above nine.
        return (((digits + 0x7676767676767676) | digits) & 0x8080808080808080) == 0;
    }

    private static void WriteFirst(ulong value, Span<byte> text, ref int written)
    {
        var digits = DigitsOf(value);
        var zeros = value == 0 ? Block - 1 : BitOperations.TrailingZeroCount(digits) / 8;
        BinaryPrimitives.WriteUInt64LittleEndian(text[written..], (digits | Zeros) >> (8 * zeros));
        written += Block - zeros;
    }

    private static void WriteBlock(ulong value, Span<byte> text, ref int written)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(text[written..], DigitsOf(value) | Zeros);
        written += Block;
    }

    // Of a number below 10^8, the first in the lowest byte: divided by 100, and then by 10, by multiplying with what that is of a power of two.
    private static ulong DigitsOf(ulong value)
    {
        var thousands = (value / 10_000) | ((value % 10_000) << 32);
        var upper = ((thousands * 10_486) >> 20) & 0x0000007F0000007F;
        var pairs = upper | ((thousands - (100 * upper)) << 16);
        var tens = ((pairs * 103) >> 10) & 0x000F000F000F000F;
        return tens | ((pairs - (10 * tens)) << 8);
    }
}
