using Microsoft.Playwright;

namespace WorkerPool.Dashboard.Tests.Browsers;

/// <summary>How a browser shows a page.</summary>
/// <param name="Name">Its name, as pictures have it in theirs.</param>
/// <param name="Width">Width of its window.</param>
/// <param name="Height">Height of its window.</param>
/// <param name="Scheme">The colours that its user prefers.</param>
public sealed record Look(string Name, int Width, int Height, ColorScheme Scheme)
{
    public static Look Light { get; } = new("light", 1440, 900, ColorScheme.Light);

    public static Look Dark { get; } = new("dark", 1440, 900, ColorScheme.Dark);

    public static Look Phone { get; } = new("phone", 390, 844, ColorScheme.Light);

    public static IReadOnlyList<Look> All { get; } = [Light, Dark, Phone];
}
