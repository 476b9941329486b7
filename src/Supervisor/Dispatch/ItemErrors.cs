using System.Globalization;
using WorkerPool.Processes;
using WorkerPool.Protocol.Errors;
using WorkerPool.Protocol.Packing;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Dispatch;

/// <summary>The errors of items that the pool gives itself.</summary>
internal static class ItemErrors
{
    private static readonly Dictionary<DeathCause, string> CauseWords = new()
    {
        [DeathCause.Itself] = "itself",
        [DeathCause.Pool] = "the pool",
        [DeathCause.Outside] = "something else",
    };

    /// <summary>The empty entry of a failed item.</summary>
    public static PackedRun NoValue { get; } = PackedRun.Create([0], default);

    /// <summary>An item did not end within its timeout and the grace.</summary>
    /// <param name="item">The item.</param>
    /// <param name="grace">The grace.</param>
    /// <param name="stack">Where it was, a line a frame; <c>null</c> when that is not known.</param>
    public static ItemError Timeout(WorkChunk item, TimeSpan grace, string? stack)
    {
        var limit = item.Source.WorkOrder.ItemTimeout ?? TimeSpan.Zero;
        var error = new ItemError
        {
            Index = item.FirstIndex,
            Reason = ErrorReasons.ItemTimeout,
            Message = string.Create(
                CultureInfo.InvariantCulture,
                $"Item {item.FirstIndex} ran over its timeout of {limit.TotalSeconds} s and did not yield to its cancellation within {grace.TotalSeconds} s; its worker was killed."),
            Attempts = (uint)item.Attempt,
            Metadata = { ["timeout"] = limit.TotalSeconds.ToString(CultureInfo.InvariantCulture) + "s" },
        };
        if (stack is not null)
        {
            error.Metadata["stack"] = stack;
        }

        return error;
    }

    /// <summary>An item was running when its worker died, as often as the pool allows.</summary>
    /// <param name="item">The item.</param>
    /// <param name="crashes">The deaths, the last one last. At least one.</param>
    /// <param name="tries">How often it was tried, with those that ended otherwise.</param>
    public static ItemError Crashed(WorkChunk item, IReadOnlyList<TryOutcome.Crash> crashes, int tries)
    {
        var crash = crashes[^1];
        var certificate = crash.Certificate;
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
                ["exit_code"] = certificate.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "",
                ["cause"] = CauseWords[certificate.Cause],
                ["attempts"] = string.Join('\n', crashes.Select(attempt => $"{attempt.Worker}: {attempt.Certificate}")),
            },
        };
        Add("signal", certificate.Signal);
        Add("stop_reason", certificate.StopReason);
        Add("out_of_memory", certificate.MemoryEvidence);
        Add("peak_memory_bytes", certificate.PeakMemoryBytes?.ToString(CultureInfo.InvariantCulture));
        Add("stderr", certificate.LastErrorLines is { Count: > 0 } lines ? string.Join('\n', lines) : null);
        return error;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                error.Metadata[name] = value;
            }
        }
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
