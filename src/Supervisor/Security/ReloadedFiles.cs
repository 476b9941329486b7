namespace WorkerPool.Supervisor.Security;

/// <summary>
/// What is read from files, and read again when they have changed. They are looked at from time to time rather than watched:
/// so a file is noticed that was replaced, and a link that leads elsewhere, such as those of a Kubernetes secret. What cannot
/// be used leaves in force what was there before, and is told once. Safe for several threads.
/// </summary>
/// <typeparam name="T">What is read.</typeparam>
internal sealed partial class ReloadedFiles<T> : IDisposable
    where T : class
{
    private readonly IReadOnlyList<string> _paths;
    private readonly Func<IReadOnlyList<byte[]>, T> _read;
    private readonly Lock _lock = new();
    private IReadOnlyList<byte[]> _contents;
    private IReadOnlyList<byte[]>? _refused;
    private string _told = "";
    private volatile T _current;
    private ITimer? _timer;

    /// <summary>Reads them.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="read">Makes something of their contents.</param>
    /// <exception cref="UnusableFileException">They cannot be read, or nothing can be made of them.</exception>
    public ReloadedFiles(IReadOnlyList<string> paths, Func<IReadOnlyList<byte[]>, T> read)
    {
        _paths = paths;
        _read = read;
        _contents = Contents();
        _current = read(_contents);
    }

    /// <summary>What they hold.</summary>
    public T Current => _current;

    /// <summary>Begins to look at them.</summary>
    /// <param name="interval">How often.</param>
    /// <param name="time">Tells when.</param>
    /// <param name="log">Takes note.</param>
    public void Watch(TimeSpan interval, TimeProvider time, ILogger log) => _timer = time.CreateTimer(_ => Look(log), null, interval, interval);

    /// <summary>Looks at them once.</summary>
    /// <param name="log">Takes note.</param>
    public void Look(ILogger log)
    {
        lock (_lock)
        {
            try
            {
                var contents = Contents();
                if (Same(contents, _contents))
                {
                    _refused = null;
                    _told = "";
                    return;
                }

                Take(contents, log);
            }
            catch (UnusableFileException error)
            {
                Refuse(error, log);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    [LoggerMessage(EventId = 4010, Level = LogLevel.Information, Message = "{Files}: changed, and in force from now on.")]
    private static partial void LogReloaded(ILogger log, string files);

    [LoggerMessage(EventId = 4011, Level = LogLevel.Error, Message = "{Files}: changed, and what was there before stays in force: {Problem}")]
    private static partial void LogRefused(ILogger log, string files, string problem);

    private static bool Same(IReadOnlyList<byte[]> one, IReadOnlyList<byte[]>? other) =>
        other is not null && one.Zip(other).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));

    private void Take(IReadOnlyList<byte[]> contents, ILogger log)
    {
        // Files that belong together change one after the other: what cannot be used is looked at once more before it is told.
        var isKnownAsBad = Same(contents, _refused);
        try
        {
            _current = _read(contents);
            _contents = contents;
            _refused = null;
            _told = "";
            LogReloaded(log, string.Join(", ", _paths));
        }
        catch (UnusableFileException) when (!isKnownAsBad)
        {
            _refused = contents;
        }
    }

    private void Refuse(UnusableFileException error, ILogger log)
    {
        if (_told != error.Message)
        {
            _told = error.Message;
            LogRefused(log, string.Join(", ", _paths), error.Message);
        }
    }

    private IReadOnlyList<byte[]> Contents() => [.. _paths.Select(Content)];

    private static byte[] Content(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new UnusableFileException(File.Exists(path) ? $"{path} cannot be read: {error.Message}" : $"there is no file {path}");
        }
    }
}

/// <summary>A file is missing, or nothing can be made of it.</summary>
/// <param name="message">Which, and what is wrong with it.</param>
internal sealed class UnusableFileException(string message) : Exception(message);
