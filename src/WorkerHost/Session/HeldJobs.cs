using WorkerPool.Protocol.Errors;
using WorkerPool.V1;
using WorkerPool.Worker.V1;
using WorkerPool.WorkerHost.Functions;

namespace WorkerPool.WorkerHost.Session;

/// <summary>The jobs that a worker has been told of and that are not over. For the reader of the session alone.</summary>
/// <param name="catalogue">The worker's functions.</param>
internal sealed class HeldJobs(FunctionCatalogue catalogue)
{
    private readonly Dictionary<ulong, HeldJob> _jobs = [];

    /// <summary>Checks what a job is and holds it.</summary>
    /// <param name="setup">The message.</param>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: the message is malformed.</exception>
    public void SetUp(JobSetup setup)
    {
        if (setup.Job == 0)
        {
            throw RpcErrors.Invalid("chunks.setups.job", "A job was set up without a number. Numbers are 1 and up.");
        }

        var name = $"Job {setup.Job}";
        if (setup.Encoding == Encoding.Unspecified || setup.ValueEncoding == Encoding.Unspecified)
        {
            throw RpcErrors.Invalid("chunks.setups.encoding", $"{name} does not say its encodings.");
        }

        if (setup.ItemTimeout is { } timeout && timeout.ToTimeSpan() <= TimeSpan.Zero)
        {
            throw RpcErrors.Invalid("chunks.setups.item_timeout", $"{name} has an item timeout of {timeout.ToTimeSpan()}. It is above zero.");
        }

        if (setup.Shared.Any(argument => argument.Encoding == Encoding.Unspecified || argument.Size > (ulong)Array.MaxLength))
        {
            throw RpcErrors.Invalid("chunks.setups.shared", $"{name} has a shared argument without an encoding, or of more than 2 GiB.");
        }

        if (setup.Initializer is not null && (setup.Initializer.Timeout is not { } limit || limit.ToTimeSpan() <= TimeSpan.Zero))
        {
            throw RpcErrors.Invalid("chunks.setups.initializer", $"{name} has an initializer without a timeout above zero.");
        }

        var function = Find(setup, out var refusal);
        refusal ??= Refusal(setup, function);
        var job = new HeldJob
        {
            Number = setup.Job,
            Function = refusal is null ? function : null,
            Refusal = refusal,
            Encoding = setup.Encoding,
            ValueEncoding = setup.ValueEncoding,
            ItemTimeout = setup.ItemTimeout?.ToTimeSpan(),
            ResultsWait = setup.ResultsWait,
            Shared = setup.Shared.Count == 0 ? null : new SharedBuffer(setup.Shared),
            Initializer = setup.Initializer,
            NeedsPreparation = refusal is null && (setup.Shared.Count > 0 || setup.Initializer is not null || function!.Object is not null),
        };
        if (!_jobs.TryAdd(setup.Job, job))
        {
            throw RpcErrors.Invalid("chunks.setups.job", $"{name} was set up twice. A job is set up once in a session.");
        }
    }

    /// <summary>Takes the next bytes of the shared arguments of a job.</summary>
    /// <param name="data">The message.</param>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: they are more than its setup says.</exception>
    public void Share(SharedData data)
    {
        // Of a job that is over they are under way for nothing.
        if (_jobs.TryGetValue(data.Job, out var job) && job.Shared?.TryAdd(data.Data.Span) != true)
        {
            throw RpcErrors.Invalid("shared.data", $"Job {data.Job} has less shared arguments than came.");
        }
    }

    /// <summary>A job that was set up and is not over; <c>null</c> when there is none of that number.</summary>
    /// <param name="number">Its number.</param>
    public HeldJob? Find(ulong number) => _jobs.GetValueOrDefault(number);

    /// <summary>Lets go of a job that is over.</summary>
    /// <param name="number">Its number.</param>
    public void Forget(ulong number) => _jobs.Remove(number);

    private WorkerFunction? Find(JobSetup setup, out ItemError? refusal)
    {
        refusal = null;
        if (setup.Method is not { } method)
        {
            return catalogue.Find(setup.Function);
        }

        try
        {
            return catalogue.Find(setup.Function, method);
        }
        catch (FunctionLibraryException error)
        {
            refusal = ItemErrors.Create(error.Reason, error.Message, ("function", setup.Function));
            return null;
        }
    }

    private ItemError? Refusal(JobSetup setup, WorkerFunction? function)
    {
        if (function is null)
        {
            return ItemErrors.FromRefusal(NearName.Unknown(setup.Function, catalogue));
        }

        var names = setup.Shared.Select(argument => argument.Name).ToHashSet(StringComparer.Ordinal);
        if (!function.Takes(setup.Encoding, names))
        {
            return Mismatch(function.Name, "takes items", setup.Encoding, function.Description.Encoding);
        }

        return function.Gives(setup.ValueEncoding)
            ? null
            : Mismatch(function.Name, "gives values", setup.ValueEncoding, function.Description.ValueEncoding);
    }

    private static ItemError Mismatch(string function, string verb, Encoding asked, Encoding native)
    {
        var own = native == Encoding.Json ? "" : $" and {native}";
        return ItemErrors.Create(
            ErrorReasons.EncodingMismatch,
            $"{function} {verb} as Json{own}, not as {asked}.",
            ("encoding", asked.ToString()));
    }
}
