using System.Globalization;
using Grpc.Core;
using WorkerPool.Protocol.Errors;
using WorkerPool.V1;

namespace WorkerPool.Client.Tests.Fakes;

/// <summary>The jobs of a fake pool, by number.</summary>
public sealed class FakeJobService : JobService.JobServiceBase
{
    public List<V1.JobStatus> Jobs { get; } =
        [.. Enumerable.Range(1, 250).Select(n => new V1.JobStatus { Id = $"job-{n}", State = V1.JobState.Running, Weight = 1 })];

    public List<ListJobsRequest> Listed { get; } = [];

    public override Task<GetJobResponse> GetJob(GetJobRequest request, ServerCallContext context) =>
        Task.FromResult(new GetJobResponse { Job = Find(request.Id) });

    public override Task<ListJobsResponse> ListJobs(ListJobsRequest request, ServerCallContext context)
    {
        Listed.Add(request.Clone());
        var begin = request.PageToken.Length == 0 ? 0 : int.Parse(request.PageToken, CultureInfo.InvariantCulture);
        var response = new ListJobsResponse { Jobs = { Jobs.Skip(begin).Take(request.PageSize) } };
        var next = begin + response.Jobs.Count;
        response.NextPageToken = next < Jobs.Count ? next.ToString(CultureInfo.InvariantCulture) : "";
        return Task.FromResult(response);
    }

    public override Task<CancelJobResponse> CancelJob(CancelJobRequest request, ServerCallContext context)
    {
        var job = Find(request.Id);
        job.State = V1.JobState.Cancelled;
        return Task.FromResult(new CancelJobResponse { Job = job });
    }

    public override async Task WatchJob(WatchJobRequest request, IServerStreamWriter<WatchJobResponse> responseStream, ServerCallContext context)
    {
        var job = Find(request.Id);
        await responseStream.WriteAsync(new WatchJobResponse { Job = job }, context.CancellationToken);
        job.State = V1.JobState.Completed;
        await responseStream.WriteAsync(new WatchJobResponse { Job = job }, context.CancellationToken);
    }

    public override Task<ExplainJobResponse> ExplainJob(ExplainJobRequest request, ServerCallContext context) => Task.FromResult(new ExplainJobResponse
    {
        Job = Find(request.Id),
        Findings =
        {
            new V1.Finding
            {
                Kind = V1.FindingKind.Straggler, Severity = V1.FindingSeverity.Warning, Sentence = "item 40 runs long.", Values = { ["item"] = "40" },
            },
            new V1.Finding { Kind = (V1.FindingKind)9999, Severity = (V1.FindingSeverity)9999, Sentence = "of a later release." },
        },
    });

    private V1.JobStatus Find(string id) => Jobs.FirstOrDefault(job => job.Id == id)
        ?? throw RpcErrors.Create(StatusCode.NotFound, ErrorReasons.UnknownJob, $"There is no job '{id}'.");
}
