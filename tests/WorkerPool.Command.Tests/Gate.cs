using System.Runtime.InteropServices;

namespace WorkerPool.Command.Tests;

/// <summary>
/// A named pipe. Who reads it as a file, such as the function read_file, waits in it until it is opened, so that a test
/// knows that an item runs, and decides when it ends.
/// </summary>
internal sealed partial class Gate : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("wp-gate-");

    public Gate()
    {
        if (MakeFifo(Path, 0x180) != 0)
        {
            throw new IOException($"{Path} cannot be made");
        }
    }

    public string Path => System.IO.Path.Combine(_directory.FullName, "gate");

    /// <summary>Waits until someone is in the gate.</summary>
    /// <returns>What holds them there until it is disposed; what is written to it is what they read.</returns>
    public Task<FileStream> EnteredAsync() => Task.Run(
        () => new FileStream(Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)).WaitAsync(CommandRun.Limit);

    /// <summary>Lets the next one through.</summary>
    public async Task OpenAsync(string text)
    {
        await using var held = await EnteredAsync();
        await held.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text));
    }

    public void Dispose() => _directory.Delete(recursive: true);

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFifo(string path, uint mode);
}
