using System.Text.Json;

namespace WorkerPool.Functional.Tests;

/// <summary>A path of a file that is not there, for functions that look for one. Disposing it deletes the file.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"wp-{Guid.NewGuid():N}");

    /// <summary>The path as an item.</summary>
    public string Item => JsonSerializer.Serialize(Path);

    /// <summary>Makes the file.</summary>
    public void Make() => File.WriteAllText(Path, "");

    /// <summary>Deletes it.</summary>
    public void Remove() => File.Delete(Path);

    public void Dispose() => Remove();
}
