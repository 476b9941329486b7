using Google.Protobuf;
using Grpc.Core;
using WorkerPool.Processes;
using WorkerPool.Protocol.Errors;
using WorkerPool.Protocol.Packing;
using WorkerPool.Supervisor.Api.Local;
using WorkerPool.Supervisor.Hosting;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.Supervisor.Workers;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Api;

/// <summary>The public API: validates, translates, calls, maps errors.</summary>
/// <param name="pool">The pool.</param>
[BindServiceMethod(typeof(PoolBinding), nameof(PoolBinding.BindService))]
internal sealed class PoolApi(Pool pool) : PoolService.PoolServiceBase
{
    /// <inheritdoc/>
    public override async Task Map(MapRequest request, IServerStreamWriter<MapResponse> responseStream, ServerCallContext context)
    {
        var start = new MapStart { Function = request.Function, Options = request.Options, ItemCount = (ulong)ItemsOf(request) };
        var shared = JsonForm.Shared(request.Shared, start.Shared);
        var spec = JobSpecs.From(await CatalogueAsync(context), start, pool.Options).CalledBy(context);
        var items = new PackedRunBuilder();
        foreach (var item in request.Items)
        {
            JsonForm.Add(items, item);
        }

        foreach (var item in request.JsonItems)
        {
            JsonForm.Add(items, item);
        }

        await Guard(async () =>
        {
            using var job = await pool.Jobs.OpenAsync(spec, items.ByteCount);
            if (shared.Length > 0)
            {
                job.AddShared(shared);
            }

            await foreach (var result in JsonMap.RunAsync(job, items.Take(), context.CancellationToken))
            {
                await responseStream.SendAsync(new MapResponse { Result = ResultOf(result) }, context.CancellationToken);
            }

            await responseStream.SendAsync(new MapResponse { Summary = Summaries.From(await job.Summary) }, context.CancellationToken);
            return 0;
        });
    }

    /// <inheritdoc/>
    public override async Task MapStream(
        IAsyncStreamReader<MapStreamRequest> requestStream, IServerStreamWriter<MapStreamResponse> responseStream, ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken) || requestStream.Current.Start is not { } start)
        {
            throw RpcErrors.Create(
                StatusCode.InvalidArgument,
                ErrorReasons.StreamNotStarted,
                "The first message of the stream is not its start. Send start with the name of a function first.");
        }

        var spec = JobSpecs.From(await CatalogueAsync(context), start, pool.Options, pool.TakesMethods).CalledBy(context);
        await Guard(async () =>
        {
            using var job = await pool.Jobs.OpenAsync(spec);
            await new MapStreamCall(job, requestStream, responseStream, areMessagesKept: context is LocalCallContext, context.CancellationToken).RunAsync();
            return 0;
        });
    }

    /// <inheritdoc/>
    public override async Task<ApplyResponse> Apply(ApplyRequest request, ServerCallContext context)
    {
        var spec = JobSpecs.From(await CatalogueAsync(context), request, pool.TakesMethods).CalledBy(context);
        var item = new PackedRunBuilder();
        switch (request.ItemCase)
        {
            case ApplyRequest.ItemOneofCase.Value:
                JsonForm.Add(item, request.Value);
                break;
            case ApplyRequest.ItemOneofCase.Data:
                item.Add(request.Data.Span);
                break;
            default:
                JsonForm.Add(item, request.ItemCase == ApplyRequest.ItemOneofCase.JsonValue ? request.JsonValue : "null");
                break;
        }

        return await Guard(async () =>
        {
            // On the wire the answer is only written from here; in a program it is followed by what the program does with it.
            using var job = await pool.Jobs.OpenAsync(
                spec, item.ByteCount, isSingleCall: true, isTakenHere: context is not LocalCallContext);
            await foreach (var result in JsonMap.RunAsync(job, item.Take(), context.CancellationToken))
            {
                return ResponseOf(result, isPacked: request.ItemCase == ApplyRequest.ItemOneofCase.Data);
            }

            throw new JobFailedException(ErrorReasons.InternalError, "The item was not answered.");
        });
    }

    /// <inheritdoc/>
    public override async Task<ListFunctionsResponse> ListFunctions(ListFunctionsRequest request, ServerCallContext context)
    {
        var catalogue = await CatalogueAsync(context);
        var functions = request.Function.Length == 0 ? catalogue.Functions : [JobSpecs.Find(catalogue, request.Function)];
        return new ListFunctionsResponse
        {
            Functions = { request.Details ? await DetailsAsync(request.Function, context.CancellationToken) : functions },
            MaxItemBytes = (uint)pool.Options.MaxItemBytes,
            MaxValueBytes = (uint)pool.Options.MaxValueBytes,
            SlotCount = (uint)pool.SlotCount,
        };
    }

    private async Task<IReadOnlyList<Function>> DetailsAsync(string name, CancellationToken cancellation) =>
        await pool.Details.FindAsync(name, cancellation) ?? throw RpcErrors.Create(
            StatusCode.Unavailable,
            ErrorReasons.PoolBroken,
            "No worker is up that could say more of its functions. Ask again, or without details.",
            retryAfter: TimeSpan.FromSeconds(1));

    private static int ItemsOf(MapRequest request) => request is { Items.Count: > 0, JsonItems.Count: > 0 }
        ? throw RpcErrors.Invalid("json_items", "Items are given in both items and json_items; expected one of them.")
        : request.Items.Count + request.JsonItems.Count;

    private static MapResult ResultOf(JsonResult result)
    {
        var message = new MapResult { Index = result.Index };
        if (result.Error is { } error)
        {
            message.Error = error;
        }
        else if (JsonForm.TryRead(result.Value) is { } value)
        {
            message.Value = value;
        }
        else
        {
            message.JsonValue = System.Text.Encoding.UTF8.GetString(result.Value.Span);
        }

        return message;
    }

    private static ApplyResponse ResponseOf(JsonResult result, bool isPacked)
    {
        if (isPacked && result.Error is null)
        {
            return new ApplyResponse { Data = ByteString.CopyFrom(result.Value.Span) };
        }

        var message = ResultOf(result);
        return message.OutcomeCase switch
        {
            MapResult.OutcomeOneofCase.Error => new ApplyResponse { Error = message.Error },
            MapResult.OutcomeOneofCase.Value => new ApplyResponse { Value = message.Value },
            _ => new ApplyResponse { JsonValue = message.JsonValue },
        };
    }

    private static async Task<T> Guard<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (JobFailedException error)
        {
            throw ApiErrors.From(error);
        }
    }

    private async Task<Catalogue> CatalogueAsync(ServerCallContext context)
    {
        try
        {
            return await pool.Availability.CatalogueAsync(context.CancellationToken);
        }
        catch (WorkerStartException error)
        {
            throw ApiErrors.From(error);
        }
    }
}
