namespace WorkerPool.WorkerHost.BuiltIns;

/// <summary>The functions every worker has.</summary>
internal static class BuiltInFunctions
{
    /// <summary>Where they are. Named one by one: searching the assembly would slow the start.</summary>
    public static IReadOnlyList<Type> Types { get; } =
    [
        typeof(ArithmeticFunctions),
        typeof(NumberTheoryFunctions),
        typeof(PiFunctions),
        typeof(SleepFunctions),
        typeof(GeneralFunctions),
    ];
}
