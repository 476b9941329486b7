using WorkerPool;

public static class Texts
{
    [WorkerFunction("shout")]
    public static string Shout(string text, int times = 1) => text.ToUpperInvariant() + new string('!', times);
}
