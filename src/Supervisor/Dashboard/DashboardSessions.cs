using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Supervisor.Dashboard;

/// <summary>
/// Who has logged in to the dashboard. A session is 256 random bits in a cookie; what is kept is their hash and that of the
/// token, which is looked up anew each time: a token that is withdrawn ends its sessions. Safe for several threads.
/// </summary>
/// <param name="time">Tells when one ends.</param>
internal sealed class DashboardSessions(TimeProvider time)
{
    private const int IdBytes = 32;
    private const int MostSessions = 1000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);
    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);

    /// <summary>Opens one.</summary>
    /// <param name="tokenDigest">Hash of the token that was shown.</param>
    /// <returns>What the cookie is to hold.</returns>
    public string Open(byte[] tokenDigest)
    {
        Forget();
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));
        _sessions[KeyOf(id)] = new Session(tokenDigest, time.GetUtcNow() + Lifetime);
        return id;
    }

    /// <summary>The hash of the token that a session was opened with; <c>null</c> when there is no such session, or no longer.</summary>
    /// <param name="id">What the cookie holds.</param>
    public byte[]? Find(string id) =>
        _sessions.TryGetValue(KeyOf(id), out var session) && session.Ends > time.GetUtcNow() ? session.TokenDigest : null;

    /// <summary>Ends one.</summary>
    /// <param name="id">What the cookie holds.</param>
    public void Close(string id) => _sessions.TryRemove(KeyOf(id), out _);

    private static string KeyOf(string id) => Convert.ToHexString(ApiToken.Digest(id));

    private void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var (key, session) in _sessions)
        {
            if (session.Ends <= now)
            {
                _sessions.TryRemove(key, out _);
            }
        }

        while (_sessions.Count >= MostSessions && _sessions.MinBy(pair => pair.Value.Ends) is { Key: { } oldest })
        {
            _sessions.TryRemove(oldest, out _);
        }
    }

    private sealed record Session(byte[] TokenDigest, DateTimeOffset Ends);
}
