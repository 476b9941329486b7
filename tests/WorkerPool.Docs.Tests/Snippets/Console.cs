namespace WorkerPool.Docs.Tests.Snippets;

/// <summary>What snippets print to, so that tests can read it.</summary>
internal static class Console
{
    private static readonly AsyncLocal<StringWriter?> Writer = new();

    public static void WriteLine(object? value)
    {
        lock (Writer.Value!)
        {
            Writer.Value.WriteLine(value);
        }
    }

    /// <summary>Collects what is printed from now on.</summary>
    public static StringWriter Collect() => Writer.Value = new StringWriter { NewLine = "\n" };
}
