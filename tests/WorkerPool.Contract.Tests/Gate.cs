namespace WorkerPool.Contract.Tests;

/// <summary>Holds up methods in other processes until it is opened.</summary>
public sealed class Gate : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("workerpool-gate-").FullName;

    /// <summary>The file whose existence opens it.</summary>
    public string Path => System.IO.Path.Combine(_directory, "open");

    public bool IsOpen => File.Exists(Path);

    /// <summary>Waits until a method has come to it.</summary>
    public async Task WaitUntilReachedAsync() =>
        await Eventually.AskAsync(() => Task.FromResult(File.Exists(Path + ".reached")), isThere => isThere);

    public void Open() => File.WriteAllText(Path, "");

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
