namespace WorkerPool.WorkerHost.Tests.Functions;

/// <summary>Function libraries that are built beside the tests.</summary>
internal static class Fixtures
{
    public static string Path(string name) =>
        System.IO.Path.Combine(AppContext.BaseDirectory, "fixtures", name, name + ".dll");
}
