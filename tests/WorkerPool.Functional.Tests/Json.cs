using System.Globalization;

namespace WorkerPool.Functional.Tests;

/// <summary>Items as JSON text.</summary>
internal static class Json
{
    public static IReadOnlyList<string> Range(int count) =>
        [.. Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))];
}
