using System.Collections;
using System.Globalization;

namespace WorkerPool.Cli.Input;

/// <summary>The whole numbers from one to another, both included: <c>A..B</c> or <c>A..B..STEP</c>.</summary>
internal sealed class ItemRange : IReadOnlyCollection<long>
{
    private readonly long _first;
    private readonly long _step;

    private ItemRange(long first, long step, UInt128 length)
    {
        _first = first;
        _step = step;
        Length = length;
    }

    /// <summary>How many numbers there are; none where the step leads away from the end.</summary>
    public UInt128 Length { get; }

    /// <inheritdoc/>
    /// <remarks>Of a range longer than this can say, as much as it can.</remarks>
    public int Count => (int)UInt128.Min(Length, int.MaxValue);

    /// <summary>Reads a range.</summary>
    /// <param name="text">The text.</param>
    /// <param name="range">The range, if it is one.</param>
    public static bool TryParse(string text, out ItemRange range)
    {
        range = new ItemRange(0, 1, 0);
        var parts = text.Split("..");
        var step = 1L;
        if (parts.Length is not (2 or 3) || !TryNumber(parts[0], out var first) || !TryNumber(parts[1], out var last)
            || (parts.Length == 3 && !TryNumber(parts[2], out step)) || step == 0)
        {
            return false;
        }

        var distance = (Int128)last - first;
        var length = distance == 0 || (distance > 0) == (step > 0) ? (UInt128)(distance / step) + 1 : 0;
        range = new ItemRange(first, step, length);
        return true;
    }

    /// <inheritdoc/>
    public IEnumerator<long> GetEnumerator()
    {
        var value = _first;
        for (var left = Length; left > 0; left--)
        {
            yield return value;

            // After the last one this may go round; it is not used then.
            value = unchecked(value + _step);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
