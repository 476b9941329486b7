using WorkerPool.Protocol.Errors;

namespace WorkerPool.Supervisor.Dispatch;

/// <summary>
/// The tries of an item that failed and were charged to it, on all streams of its job together: one account, whatever the
/// tries died of.
/// </summary>
/// <param name="Crashes">How often its worker died while it was running. Range: 0 and up.</param>
/// <param name="Throws">How often its function threw. Range: 0 and up.</param>
internal readonly record struct SpentTries(int Crashes, int Throws)
{
    /// <summary>How many there were.</summary>
    public int Count => Crashes + Throws;

    /// <summary>The account after one more try; the same if that is not charged.</summary>
    /// <param name="outcome">How the try ended.</param>
    public SpentTries After(TryOutcome outcome) => outcome switch
    {
        TryOutcome.Crash or TryOutcome.EarlierCrash => this with { Crashes = Crashes + 1 },
        TryOutcome.Failure { Error.Reason: ErrorReasons.FunctionFailed or ErrorReasons.ProgramFailed } => this with { Throws = Throws + 1 },
        _ => this,
    };
}
