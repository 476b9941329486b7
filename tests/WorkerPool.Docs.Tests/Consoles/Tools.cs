namespace WorkerPool.Docs.Tests.Consoles;

/// <summary>Programs of others that some tests need.</summary>
internal static class Tools
{
    /// <summary>Path of buf: from WORKERPOOL_BUF, or on the PATH; <c>null</c> if it is missing.</summary>
    public static string? Buf { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(folder => Path.Combine(folder, "buf"))
        .Prepend(Environment.GetEnvironmentVariable("WORKERPOOL_BUF") ?? "")
        .FirstOrDefault(File.Exists);

    /// <summary>Skips the test where buf is missing; fails it where the tools are required.</summary>
    public static string RequireBuf()
    {
        if (Buf is { } path)
        {
            return path;
        }

        const string Missing = "needs buf: npm install @bufbuild/buf (WORKERPOOL_BUF names one that is not on the PATH)";
        Assert.False(Environment.GetEnvironmentVariable("WORKERPOOL_REQUIRE_TOOLS") == "1", Missing);
        Assert.Skip(Missing);
        return Missing;
    }
}
