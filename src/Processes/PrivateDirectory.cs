namespace WorkerPool.Processes;

/// <summary>
/// A pool's own directory (mode 0700) for sockets, flight recorders and the workers' temporary files. It goes when
/// the pool goes; one that an earlier violent end left goes when the next is made.
/// </summary>
public sealed class PrivateDirectory : IAsyncDisposable
{
    // A socket's address holds 108 bytes with its end; the rest is left for names of sockets.
    private const int LongestPath = 80;
    private const string Prefix = "workerpool-";
    private const string LockName = "workerpool.lock";

    private readonly FileStream _lock;

    private PrivateDirectory(string path)
    {
        Path = path;
        _lock = new FileStream(File(LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        Reaper = Reaper.Start(path);
    }

    /// <summary>Its path.</summary>
    public string Path { get; }

    /// <summary>Removes it, and kills what it was told of, when this process ends; <c>null</c> where there can be none.</summary>
    public Reaper? Reaper { get; }

    /// <summary>Where workers are to put temporary files.</summary>
    public string TemporaryFiles => System.IO.Path.Combine(Path, "tmp");

    /// <summary>Makes one below the system's directory for temporary files, and removes what others have left there.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static PrivateDirectory Create()
    {
        AbandonedDirectories.Remove(System.IO.Path.GetTempPath(), Prefix, LockName);
        var directory = Directory.CreateTempSubdirectory(Prefix);
        if (directory.FullName.Length > LongestPath)
        {
            directory.Delete();
            throw new IOException(
                $"The directory for temporary files ({System.IO.Path.GetTempPath()}) has too long a path for Unix sockets. " +
                "Set TMPDIR to a shorter one, such as /tmp.");
        }

        var made = new PrivateDirectory(directory.FullName);
        Directory.CreateDirectory(made.TemporaryFiles);
        return made;
    }

    /// <summary>Path of a file in it.</summary>
    /// <param name="name">The file's name.</param>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Removes it with all that is in it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Reaper is not null)
        {
            await Reaper.DisposeAsync();
        }

        await _lock.DisposeAsync();
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Gone already: what was wanted.
        }
    }
}
