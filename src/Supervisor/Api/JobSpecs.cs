using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Dispatch;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.Supervisor.Workers;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Api;

/// <summary>Checks requests and translates them into what a job is to do.</summary>
internal static class JobSpecs
{
    private const int MaxRetriesLimit = 100;
    private const int LabelLimit = 256;
    private const int KeyLimit = 128;
    private const double MaxWeight = 1000;

    /// <summary>The job of a map.</summary>
    /// <param name="catalogue">The functions there are.</param>
    /// <param name="start">What is asked for.</param>
    /// <param name="pool">How the pool is made.</param>
    /// <param name="takesMethods">Whether methods of the caller's program are taken. Default: no.</param>
    /// <exception cref="RpcException">Something asked for is not to be had.</exception>
    public static JobSpec From(Catalogue catalogue, MapStart start, PoolOptions pool, bool takesMethods = false)
    {
        var options = start.Options ?? new MapOptions();
        var function = Find(catalogue, start.Function, start.Method, takesMethods);
        Check(options.ChunkSize >= 0, "options.chunk_size", $"chunk_size is {options.ChunkSize}; expected 1 or more, or 0 to let the pool choose.");
        Check(options.MaxWorkers >= 0, "options.max_workers", $"max_workers is {options.MaxWorkers}; expected 1 or more, or 0 for no limit.");
        Check(
            options.Weight is >= 0 and <= MaxWeight, "options.weight", $"weight is {options.Weight}; expected more than 0, up to {MaxWeight}.");
        Check(options.Label.Length <= LabelLimit, "options.label", $"label has {options.Label.Length} characters; expected at most {LabelLimit}.");
        Check(System.Enum.IsDefined(options.Order), "options.order", $"order is {(int)options.Order}; expected ORDER_INPUT or ORDER_COMPLETION.");
        Check(
            System.Enum.IsDefined(options.OnItemError), "options.on_item_error",
            $"on_item_error is {(int)options.OnItemError}; expected ON_ITEM_ERROR_CONTINUE or ON_ITEM_ERROR_STOP.");
        Check(
            start.ItemCount <= long.MaxValue / 2, "item_count", $"item_count is {start.ItemCount}; expected less.");
        Check(start.JobKey.Length <= KeyLimit, "job_key", $"job_key has {start.JobKey.Length} characters; expected at most {KeyLimit}.");
        Check(
            start.Generation <= 1 || start.JobKey.Length > 0,
            "generation", $"generation is {start.Generation} and job_key is empty; expected the key of the job that goes on.");
        var shared = SharedSpecs.From(function, start.Method is null, start.Shared, pool.MaxSharedBytes);
        return new JobSpec(
            Order(function, shared, start.Encoding, start.ValueEncoding, options.ItemTimeout, options.MaxRetries, "options.") with
            {
                Initializer = InitializerOf(catalogue, options.Initializer, pool.StartTimeout),
                ChunkSize = options.ChunkSize == 0 ? null : options.ChunkSize,

                // Who makes a call waits for its result; who asks for chunks of a size, or for results as they complete, for each of
                // them, unless they are collected.
                ResultsWait = !start.Apply && (start.Collect || (options.ChunkSize == 0 && options.Order != V1.Order.Completion)),
                MaxWorkers = options.MaxWorkers == 0 ? null : options.MaxWorkers,
                Weight = options.Weight == 0 ? 1 : options.Weight,
                Method = start.Method,
            },
            options.Order != V1.Order.Completion,
            options.OnItemError == OnItemError.Stop,
            options.Label,
            start.HasItemCount ? (long)start.ItemCount : null,
            IsApply: start.Apply,
            Key: start.JobKey,
            Generation: Math.Max(1, start.Generation));
    }

    /// <summary>The job of one call.</summary>
    /// <param name="catalogue">The functions there are.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="takesMethods">Whether methods of the caller's program are taken. Default: no.</param>
    /// <exception cref="RpcException">Something asked for is not to be had.</exception>
    public static JobSpec From(Catalogue catalogue, ApplyRequest request, bool takesMethods = false)
    {
        var isPacked = request.ItemCase == ApplyRequest.ItemOneofCase.Data;
        var order = Order(
            Find(catalogue, request.Function, request.Method, takesMethods),
            null,
            isPacked ? request.Encoding : Encoding.Json,
            isPacked ? request.ValueEncoding : Encoding.Json,
            request.ItemTimeout,
            request.MaxRetries,
            "");
        return new JobSpec(order with { Method = request.Method }, ItemCount: 1, IsApply: true);
    }

    private static WorkOrder Order(
        Function function,
        SharedArguments? shared,
        Encoding encoding,
        Encoding valueEncoding,
        Duration? itemTimeout,
        int maxRetries,
        string path)
    {
        Check(
            maxRetries is >= 0 and <= MaxRetriesLimit, $"{path}max_retries", $"max_retries is {maxRetries}; expected 0 to {MaxRetriesLimit}.");
        Check(
            itemTimeout is null || Durations.Read(itemTimeout) > TimeSpan.Zero,
            $"{path}item_timeout", $"item_timeout is {itemTimeout}; expected a duration above zero, such as \"1.5s\".");
        return new WorkOrder(
            function.Name,
            Choose(encoding, SharedSpecs.ItemEncoding(function, shared), "encoding", $"{function.Name} takes items"),
            Choose(valueEncoding, function.ValueEncoding, "value_encoding", $"{function.Name} gives values"),
            itemTimeout?.ToTimeSpan(),
            maxRetries,
            Shared: shared,
            ObjectClass: function.ObjectClass);
    }

    private static Initializer? InitializerOf(Catalogue catalogue, Initializer? asked, TimeSpan startTimeout)
    {
        if (asked is null)
        {
            return null;
        }

        _ = Find(catalogue, asked.Function, "options.initializer.function", " to be the initializer");
        Check(
            asked.Timeout is null || Durations.Read(asked.Timeout) > TimeSpan.Zero,
            "options.initializer.timeout", $"timeout is {asked.Timeout}; expected a duration above zero, such as \"30s\".");
        return new Initializer
        {
            Function = asked.Function,
            JsonArguments = asked.JsonArguments,
            Timeout = asked.Timeout ?? Duration.FromTimeSpan(startTimeout),
        };
    }

    /// <summary>The encoding that was asked for, if it is to be had: JSON always is, beside it the own one; any, if that is unspecified.</summary>
    /// <param name="asked">What was asked for; unspecified counts as JSON.</param>
    /// <param name="own">The own encoding; unspecified for any.</param>
    /// <param name="field">The field it was asked for in.</param>
    /// <param name="what">Who takes or gives what, as the start of a sentence.</param>
    /// <exception cref="RpcException">It is not to be had.</exception>
    internal static Encoding Choose(Encoding asked, Encoding own, string field, string what)
    {
        if (asked is Encoding.Unspecified or Encoding.Json)
        {
            return Encoding.Json;
        }

        if (asked == own || (own == Encoding.Unspecified && System.Enum.IsDefined(asked)))
        {
            return asked;
        }

        var expected = own is Encoding.Json or Encoding.Unspecified ? "JSON" : $"JSON or {own}";
        throw RpcErrors.Create(
            StatusCode.InvalidArgument, ErrorReasons.EncodingMismatch, $"{what} in {expected}; {field} is {asked}.", field: field);
    }

    private static Function Find(Catalogue catalogue, string name, CallerMethod? method, bool takesMethods)
    {
        if (method is null || name.Length == 0)
        {
            return Find(catalogue, name);
        }

        // What it takes its worker knows, who sees it.
        return takesMethods ? new Function { Name = name } : throw RpcErrors.Create(
            StatusCode.FailedPrecondition,
            ErrorReasons.MethodRefused,
            $"{name} came as a method of the caller's program, and this pool runs the functions of its own libraries alone. "
                + "Give the name of one; ListFunctions lists them.",
            field: "method");
    }

    /// <summary>The function of a name.</summary>
    /// <param name="catalogue">The functions.</param>
    /// <param name="name">The name.</param>
    /// <param name="field">The field that it came in.</param>
    /// <param name="role">What it is asked for, as words after its name. Default: none, it is what the job runs.</param>
    /// <exception cref="RpcException">There is none; the message names near ones.</exception>
    public static Function Find(Catalogue catalogue, string name, string field = "function", string role = "")
    {
        Check(name.Length > 0, field, "function is empty; expected the name of a function. ListFunctions lists them.");
        if (catalogue.Find(name) is { } function)
        {
            return function;
        }

        var near = catalogue.Near(name);
        var hint = near.Count > 0
            ? $"Did you mean {string.Join(" or ", near.Select(candidate => $"\"{candidate}\""))}?"
            : "ListFunctions lists those there are.";
        throw RpcErrors.Create(
            StatusCode.NotFound,
            ErrorReasons.UnknownFunction,
            $"The pool has no function \"{name}\"{role}. {hint}",
            [new("function", name), new("near", string.Join(',', near))],
            field: field);
    }

    private static void Check(bool sound, string field, string message)
    {
        if (!sound)
        {
            throw RpcErrors.Invalid(field, message);
        }
    }
}
