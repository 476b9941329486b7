namespace WorkerPool.Bench.Suites.Initializers;

/// <summary>What the workers run: this program is their function library.</summary>
public static class LoadedTable
{
    private static byte[] _table = [];

    /// <summary>Loads the table, and notes it on a line of a file beside it.</summary>
    [WorkerFunction("bench_load")]
    public static void Load(string path)
    {
        _table = File.ReadAllBytes(path);
        var context = WorkerContext.Current;
        File.AppendAllText(path + ".loads", $"{context.WorkerName}, incarnation {context.Incarnation}: {_table.Length} bytes\n");
    }

    /// <summary>A byte of the table.</summary>
    [WorkerFunction("bench_loaded")]
    public static int LookUp(int index) => _table[index];

    /// <summary>The same after a millisecond, so that all workers take part, also one that comes later.</summary>
    [WorkerFunction("bench_loaded_slowly")]
    public static int LookUpSlowly(int index)
    {
        Thread.Sleep(1);
        return _table[index];
    }
}
