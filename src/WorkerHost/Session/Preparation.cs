using WorkerPool.Processes;
using WorkerPool.Protocol.Errors;
using WorkerPool.V1;
using WorkerPool.Worker.V1;
using WorkerPool.WorkerHost.Functions;

namespace WorkerPool.WorkerHost.Session;

/// <summary>
/// What is done before items run: objects are made, shared arguments read, initializers run, of the worker and of jobs. And what is
/// done after the last. Each runner has its own.
/// </summary>
/// <param name="catalogue">The worker's functions.</param>
/// <param name="running">Where the runner's cancellation and time limit are kept.</param>
/// <param name="contexts">The contexts of what runs.</param>
/// <param name="constructorLimit">The longest that the making of an object may take; <c>null</c> for no limit.</param>
/// <param name="time">The clock.</param>
internal sealed class Preparation(
    FunctionCatalogue catalogue, RunningState running, ItemContexts contexts, TimeSpan? constructorLimit, TimeProvider time)
{
    // Nobody takes the value of an initializer; a program's output is kept within bounds.
    private const int NoValueBytes = 1 << 20;

    /// <summary>Makes the object that the function of a job belongs to, if it belongs to one that is not made.</summary>
    /// <param name="chunk">The job's first chunk.</param>
    /// <returns>Why it cannot be run; <c>null</c> if it can.</returns>
    public JobRefused? MakeObject(QueuedChunk chunk)
    {
        if (chunk.Job.Function?.Object is not { IsMade: false } owner)
        {
            return null;
        }

        JobRefused? refused = null;
        contexts.BeginSetup(running.BeginSetup(chunk, RunningItem.ConstructorIndex, time.GetTimestamp(), constructorLimit));
        try
        {
            _ = owner.Value;
        }
        catch (ItemRefusedException refusal)
        {
            refused = Refused(chunk.Job, refusal.Reason, refusal.Message);
        }

        contexts.End();
        return running.End() && refused is not null
            ? Refused(
                chunk.Job,
                ErrorReasons.ConstructorFailed,
                $"The constructor of {owner.ClassName} ran longer than its limit of {constructorLimit!.Value.TotalSeconds} s (Pool:StartTimeout).")
            : refused;
    }

    /// <summary>Prepares a job for its first item on this worker, whose object is made.</summary>
    /// <param name="chunk">Its first chunk.</param>
    /// <returns>Why it cannot be run; <c>null</c> if it can.</returns>
    public JobRefused? Prepare(QueuedChunk chunk)
    {
        var job = chunk.Job;
        var started = time.GetTimestamp();
        var limit = job.Initializer?.Timeout.ToTimeSpan();
        var token = running.BeginSetup(chunk, RunningItem.SetupIndex, started, limit);
        var refused = ReadShared(job) ?? (job.Initializer is { } initializer ? Initialize(job, initializer, token) : null);
        return running.End()
            ? Refused(
                job,
                ErrorReasons.InitializerFailed,
                $"The initializer \"{job.Initializer!.Function}\" ran longer than its limit of {limit!.Value.TotalSeconds} s.")
            : refused;
    }

    /// <summary>Runs an initializer.</summary>
    /// <param name="initializer">Which, with which arguments.</param>
    /// <param name="token">For a function that takes one.</param>
    /// <returns>Why it failed; <c>null</c> if it did not.</returns>
    public string? Run(Initializer initializer, CancellationToken token)
    {
        if (catalogue.Find(initializer.Function) is not { } function)
        {
            var near = NearName.Of(initializer.Function, catalogue.Functions.Select(f => f.Name));
            return $"there is no function \"{initializer.Function}\"" + (near is null ? "." : $"; did you mean \"{near}\"?");
        }

        FunctionCall? call = null;
        try
        {
            call = function.Calls.Take();
            var arguments = initializer.JsonArguments.Length == 0 ? "[]" : initializer.JsonArguments;
            call.ReadList(new Item(0, Encoding.Json, System.Text.Encoding.UTF8.GetBytes(arguments)) { Label = "its list of arguments" });
            contexts.BeginSetup(token);
            call.Invoke(NoValueBytes, token);
            return null;
        }
        catch (ItemRefusedException refusal)
        {
            return refusal.Message;
        }
        catch (Exception error)
        {
            var failure = ItemErrors.FromFunction(error);
            return $"{failure.Type}: {failure.Message}";
        }
        finally
        {
            contexts.End();
            if (call is not null)
            {
                call.Clear();
                function.Calls.Return(call);
            }
        }
    }

    private static JobRefused? ReadShared(HeldJob job)
    {
        if (job.Shared is not { } shared)
        {
            return null;
        }

        try
        {
            var calls = job.Function!.CallsWith(shared.Arguments
                .Select((argument, position) => new SharedValue(argument.Name, argument.Encoding, shared.Take(position)))
                .ToDictionary(value => value.Name, StringComparer.Ordinal));

            // The first one reads them.
            calls.Return(calls.Take());
            job.Calls = calls;
            return null;
        }
        catch (Exception error)
        {
            return Refused(job, ErrorReasons.SharedArgumentInvalid, ExceptionText.Message(ExceptionText.Unwrapped(error)));
        }
    }

    private JobRefused? Initialize(HeldJob job, Initializer initializer, CancellationToken token) =>
        Run(initializer, token) is { } problem
            ? Refused(job, ErrorReasons.InitializerFailed, $"The initializer \"{initializer.Function}\" failed: {problem}")
            : null;

    private static JobRefused Refused(HeldJob job, string reason, string message) =>
        new() { Job = job.Number, Reason = reason, Message = message };
}
