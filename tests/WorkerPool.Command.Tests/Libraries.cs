namespace WorkerPool.Command.Tests;

/// <summary>Paths of the function libraries that tests use.</summary>
internal static class Libraries
{
    public static string User { get; } = PathOf("UserFunctions");

    public static string WithoutFunctions { get; } = PathOf("NoFunctions");

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "fixtures", name, name + ".dll");
}
