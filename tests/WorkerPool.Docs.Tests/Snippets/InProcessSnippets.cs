using WorkerPool.Client;
using WorkerPool.InProcess;

namespace WorkerPool.Docs.Tests.Snippets;

#region inprocess
public static class Names
{
    [WorkerFunction("initials")]
    public static string Initials(string name) => string.Concat(name.Split(' ').Select(word => word[0]));
}
#endregion

/// <summary>The code of docs/inprocess.md.</summary>
internal static class InProcessSnippets
{
    public static async Task OwnAssemblyAsync()
    {
        #region own
        await using var pool = await InProcessPool.StartAsync(new InProcessPoolOptions { Assemblies = [typeof(Names).Assembly] });

        string[] initials = await pool.MapAsync<string, string>("initials", ["Ada Lovelace", "Grace Hopper"]);
        Console.WriteLine(string.Join(" ", initials));
        #endregion
    }
}
