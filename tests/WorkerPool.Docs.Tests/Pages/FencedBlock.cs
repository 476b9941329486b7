namespace WorkerPool.Docs.Tests.Pages;

/// <summary>A fenced block of a page.</summary>
/// <param name="Page">Path of its page.</param>
/// <param name="Line">Number of its first fence.</param>
/// <param name="Language">What stands behind the fence.</param>
/// <param name="Lines">What it holds.</param>
internal sealed record FencedBlock(string Page, int Line, string Language, IReadOnlyList<string> Lines)
{
    public string Text => string.Join('\n', Lines);

    /// <summary>Where it is, for messages.</summary>
    public string Place => $"{Page}:{Line}";
}
