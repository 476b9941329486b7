namespace WorkerPool.Client.Connecting.Security;

/// <summary>The token that calls show: as it was given, or what its file holds now, so that it can be changed without a new start.</summary>
internal sealed class TokenSource
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private readonly string? _path;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private string _token;
    private long _readAt;

    private TokenSource(string token, string? path, TimeProvider time)
    {
        _token = token;
        _path = path;
        _time = time;
        _readAt = time.GetTimestamp();
    }

    /// <summary>The token now.</summary>
    public string Current
    {
        get
        {
            lock (_lock)
            {
                if (_path is not null && _time.GetElapsedTime(_readAt) > Fresh)
                {
                    _readAt = _time.GetTimestamp();
                    _token = TryRead(_path, out var token, out _) ? token : _token;
                }

                return _token;
            }
        }
    }

    /// <summary>The token of some options; <c>null</c> if they have none.</summary>
    /// <exception cref="ArgumentException">It is given twice, or cannot be used.</exception>
    public static TokenSource? From(PoolOptions options)
    {
        if (options is { Token: not null, TokenFile: not null })
        {
            throw new ArgumentException("A token and a file of a token are given; expected one of them.");
        }

        if (options.TokenFile is { } path)
        {
            return TryRead(path, out var token, out var problem) ? new TokenSource(token, path, options.Time) : throw new ArgumentException(problem);
        }

        return options.Token is not { } given ? null
            : IsToken(given) ? new TokenSource(given, null, options.Time)
            : throw new ArgumentException("The token is empty, or has characters that no token has.");
    }

    private static bool TryRead(string path, out string token, out string problem)
    {
        token = "";
        problem = "";
        try
        {
            token = File.ReadAllText(path).Trim();
            problem = IsToken(token) ? "" : $"The file {path} does not hold a token alone.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"The token cannot be read: {e.Message}";
        }

        return problem.Length == 0;
    }

    // What a header can carry.
    private static bool IsToken(string text) => text.Length > 0 && text.All(each => each is > ' ' and <= '~');
}
