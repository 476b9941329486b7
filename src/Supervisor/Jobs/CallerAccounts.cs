using System.Diagnostics.CodeAnalysis;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Supervisor.Jobs;

/// <summary>What each caller has open, and may have. Pure; one thread.</summary>
internal sealed class CallerAccounts
{
    // Where the pool's own limits are what counts. Far below where sums would overflow.
    private const long Unlimited = long.MaxValue / 4;

    private readonly Dictionary<string, Admission> _accounts = new(StringComparer.Ordinal);

    /// <summary>Takes a job of a caller in, or says why not.</summary>
    /// <param name="caller">The caller; <c>null</c>: the pool asks nobody.</param>
    /// <param name="wantedWindow">The window it is to have, in bytes.</param>
    /// <param name="heldBytes">Bytes of items that its caller has sent already.</param>
    /// <param name="isSingleCall">Whether it counts as a single call.</param>
    /// <param name="grant">What it is given of the caller's; to be given back at its end.</param>
    /// <param name="refusal">Why it is not taken.</param>
    public bool TryOpen(
        Caller? caller,
        long wantedWindow,
        long heldBytes,
        bool isSingleCall,
        out AdmissionGrant grant,
        [NotNullWhen(false)] out JobFailedException? refusal)
    {
        if (caller is null || IsUnlimited(caller.Limits))
        {
            grant = new AdmissionGrant(wantedWindow, 0, isSingleCall);
            refusal = null;
            return true;
        }

        var limits = new AdmissionLimits(
            caller.Limits.MaxOpenJobs ?? int.MaxValue, caller.Limits.MaxOpenApplies ?? int.MaxValue, caller.Limits.MaxBufferedBytes ?? Unlimited);
        if (!_accounts.TryGetValue(caller.Name, out var account))
        {
            _accounts.Add(caller.Name, account = new Admission(limits, $"\"{caller.Name}\""));
        }

        account.Limits = limits;
        return isSingleCall
            ? account.TryOpenApply(heldBytes, out grant, out refusal)
            : account.TryOpenJob(wantedWindow, heldBytes, out grant, out refusal);
    }

    /// <summary>Why one more job of a caller would be refused, whatever it holds; <c>null</c>: it need not be.</summary>
    /// <param name="caller">The caller; <c>null</c>: the pool asks nobody.</param>
    public JobFailedException? RefusalOf(Caller? caller) =>
        caller is not null && !IsUnlimited(caller.Limits) && _accounts.TryGetValue(caller.Name, out var account) ? account.Refusal : null;

    /// <summary>A job is over, or was not opened after all.</summary>
    /// <param name="caller">Whose it was.</param>
    /// <param name="grant">What it was given.</param>
    public void Close(Caller? caller, AdmissionGrant grant)
    {
        // By the limits that it was opened under: they may have changed since.
        if (caller is null || IsUnlimited(caller.Limits) || !_accounts.TryGetValue(caller.Name, out var account))
        {
            return;
        }

        account.Close(grant);
        if (account.IsIdle)
        {
            _accounts.Remove(caller.Name);
        }
    }

    private static bool IsUnlimited(CallerLimits limits) =>
        limits is { MaxOpenJobs: null, MaxOpenApplies: null, MaxBufferedBytes: null };
}
