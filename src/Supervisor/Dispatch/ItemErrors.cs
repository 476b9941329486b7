using System.Globalization;
using WorkerPool.Protocol.Errors;
using WorkerPool.Protocol.Packing;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Dispatch;

/// <summary>The errors of items that the pool gives itself.</summary>
internal static class ItemErrors
{
    /// <summary>The empty entry of a failed item.</summary>
    public static PackedRun NoValue { get; } = PackedRun.Create(new uint[1], default);

    /// <summary>An item did not end within its timeout and the grace.</summary>
    public static ItemError Timeout(WorkChunk item, TimeSpan grace)
    {
        var limit = item.Source.WorkOrder.ItemTimeout ?? TimeSpan.Zero;
        return new ItemError
        {
            Index = item.FirstIndex,
            Reason = ErrorReasons.ItemTimeout,
            Message = string.Create(
                CultureInfo.InvariantCulture,
                $"Item {item.FirstIndex} ran over its timeout of {limit.TotalSeconds} s and did not yield to its cancellation within {grace.TotalSeconds} s; its worker was killed."),
            Attempts = (uint)item.Attempt,
            Metadata = { ["timeout"] = limit.TotalSeconds.ToString(CultureInfo.InvariantCulture) + "s" },
        };
    }

    /// <summary>An item was running when its worker died, as often as the pool allows.</summary>
    public static ItemError Crashed(WorkChunk item, TryOutcome.Crash crash, int tries)
    {
        var error = new ItemError
        {
            Index = item.FirstIndex,
            Reason = ErrorReasons.WorkerCrashed,
            Message =
                $"Item {item.FirstIndex} was running each time when its worker died ({tries} times). Last: {crash.Worker}, {crash.Certificate}.",
            Attempts = (uint)tries,
            Metadata =
            {
                ["worker"] = crash.Worker,
                ["exit_code"] = crash.Certificate.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "",
            },
        };
        if (crash.Certificate.LastErrorLines.Count > 0)
        {
            error.Metadata["stderr"] = string.Join('\n', crash.Certificate.LastErrorLines);
        }

        return error;
    }

    /// <summary>An item had spent its budget on earlier streams of its job, which told no more of it.</summary>
    public static ItemError CrashedEarlier(WorkChunk item, int tries) => new()
    {
        Index = item.FirstIndex,
        Reason = ErrorReasons.WorkerCrashed,
        Message =
            $"Item {item.FirstIndex} was running each time when its worker died ({tries} times), on a stream of its job that broke before it could say how.",
        Attempts = (uint)tries,
    };

    /// <summary>A worker's error, with the number of tries there have been.</summary>
    public static ItemError After(ItemError error, int tries)
    {
        error.Attempts = (uint)tries;
        return error;
    }
}
