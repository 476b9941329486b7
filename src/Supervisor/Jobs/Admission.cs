using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using WorkerPool.Protocol.Errors;

namespace WorkerPool.Supervisor.Jobs;

/// <summary>
/// Whether a pool opens one more job, and how much that may hold: the windows of all jobs together stay within the
/// limit, so a new one is given a part of what is free, and never less than a minimum. One for the pool, and one for each
/// caller. Pure; one thread.
/// </summary>
/// <param name="limits">What may be open at once.</param>
/// <param name="whose">Whose limits these are, for messages. Default: the pool's.</param>
internal sealed class Admission(AdmissionLimits limits, string whose = "The pool")
{
    /// <summary>The least window of a job, in bytes.</summary>
    public const long LeastWindow = 1 << 20;

    // What one job may take of what is free, so that the next finds something too.
    private const int Parts = 8;
    private const double BytesPerMebibyte = 1 << 20;

    private int _jobs;
    private int _applies;
    private long _bytes;

    /// <summary>What may be open at once. What is open already stays so.</summary>
    public AdmissionLimits Limits { get; set; } = limits;

    /// <summary>Whether nothing is open.</summary>
    public bool IsIdle => _jobs == 0 && _applies == 0;

    /// <summary>Bytes that are given to open jobs.</summary>
    public long ReservedBytes => _bytes;

    /// <summary>Why one more job would be refused, whatever it holds; <c>null</c>: it need not be.</summary>
    public JobFailedException? Refusal =>
        _jobs >= Limits.MaxJobs ? TooMany($"{Limits.MaxJobs} jobs") : 2 * LeastWindow > Limits.MaxBytes - _bytes ? Full() : null;

    /// <summary>Takes a job in, or says why not.</summary>
    /// <param name="wantedWindow">The window it is to have, in bytes.</param>
    /// <param name="heldBytes">Bytes of items that its caller has sent already.</param>
    /// <param name="grant">What it is given; to be given back at its end.</param>
    /// <param name="refusal">Why it is not taken.</param>
    public bool TryOpenJob(
        long wantedWindow, long heldBytes, out AdmissionGrant grant, [NotNullWhen(false)] out JobFailedException? refusal)
    {
        var free = Limits.MaxBytes - _bytes - heldBytes;
        var window = Math.Min(wantedWindow, Math.Max(LeastWindow, free / (2 * Parts)));
        grant = new AdmissionGrant(window, (2 * window) + heldBytes, IsApply: false);
        refusal = _jobs >= Limits.MaxJobs ? TooMany($"{Limits.MaxJobs} jobs") : 2 * window > free ? Full() : null;
        Count(grant, refusal is null ? 1 : 0);
        return refusal is null;
    }

    /// <summary>Takes a single call in, or says why not.</summary>
    /// <param name="heldBytes">Bytes of its item.</param>
    /// <param name="grant">What it is given; to be given back at its end.</param>
    /// <param name="refusal">Why it is not taken.</param>
    public bool TryOpenApply(long heldBytes, out AdmissionGrant grant, [NotNullWhen(false)] out JobFailedException? refusal)
    {
        grant = new AdmissionGrant(LeastWindow, heldBytes, IsApply: true);
        refusal = _applies >= Limits.MaxApplies ? TooMany($"{Limits.MaxApplies} single calls") : heldBytes > Limits.MaxBytes - _bytes ? Full() : null;
        Count(grant, refusal is null ? 1 : 0);
        return refusal is null;
    }

    /// <summary>A job is over.</summary>
    /// <param name="grant">What it was given.</param>
    public void Close(AdmissionGrant grant) => Count(grant, -1);

    private JobFailedException TooMany(string what) => new(
        ErrorReasons.TooManyJobs, $"{whose} has {what} open, which is the most there may be. Try again when some have ended.");

    private void Count(AdmissionGrant grant, int sign)
    {
        _bytes += sign * grant.Bytes;
        if (grant.IsApply)
        {
            _applies += sign;
        }
        else
        {
            _jobs += sign;
        }
    }

    private JobFailedException Full() => new(
        ErrorReasons.BuffersFull,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{whose} has {Limits.MaxBytes / BytesPerMebibyte:F0} MiB for items and values, and its open jobs hold all of it. Try again when some have ended."));
}

/// <summary>What may be open at once.</summary>
/// <param name="MaxJobs">Jobs. Range: 1 and up.</param>
/// <param name="MaxApplies">Single calls. Range: 1 and up.</param>
/// <param name="MaxBytes">Bytes of items and values that all may hold together.</param>
internal readonly record struct AdmissionLimits(int MaxJobs, int MaxApplies, long MaxBytes);

/// <summary>What a job was given.</summary>
/// <param name="WindowBytes">Its window, in bytes: of items, and likewise of values.</param>
/// <param name="Bytes">What is kept for it in all.</param>
/// <param name="IsApply">Whether it is a single call.</param>
internal readonly record struct AdmissionGrant(long WindowBytes, long Bytes, bool IsApply);
