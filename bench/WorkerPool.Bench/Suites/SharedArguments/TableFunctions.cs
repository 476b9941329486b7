namespace WorkerPool.Bench.Suites.SharedArguments;

/// <summary>What the workers run: this program is their function library.</summary>
public static class TableFunctions
{
    /// <summary>A byte of a table, which is shared.</summary>
    [WorkerFunction("bench_look_up")]
    public static int LookUp(byte[] table, int index) => table[index];

    /// <summary>The same without a table.</summary>
    [WorkerFunction("bench_same")]
    public static int Same(int index) => index;
}
