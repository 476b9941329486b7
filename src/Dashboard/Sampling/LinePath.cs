using System.Globalization;
using System.Text;

namespace WorkerPool.Dashboard.Sampling;

/// <summary>Values as a line: drawn once for all who look. Pure.</summary>
internal static class LinePath
{
    /// <summary>Width of the box that lines are drawn in.</summary>
    public const int Width = 100;

    /// <summary>Height of that box.</summary>
    public const int Height = 24;

    /// <summary>The points of an SVG polyline, the newest value at the right edge.</summary>
    /// <param name="values">The values, the oldest first. Range: zero and up.</param>
    /// <param name="capacity">As many as fill the width. Range: 2 and up.</param>
    /// <param name="top">The value at the upper edge. Range: above zero.</param>
    public static string Of(IReadOnlyList<double> values, int capacity, double top)
    {
        var points = new StringBuilder(values.Count * 10);
        var step = (double)Width / (capacity - 1);
        for (var i = 0; i < values.Count; i++)
        {
            var x = Width - ((values.Count - 1 - i) * step);
            var y = Height - 1 - (Math.Clamp(values[i] / top, 0, 1) * (Height - 2));
            points.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : " ")}{x:0.#},{y:0.#}");
        }

        return points.ToString();
    }
}
