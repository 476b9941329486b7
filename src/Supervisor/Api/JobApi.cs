using Grpc.Core;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Explaining;
using WorkerPool.Supervisor.Hosting;
using WorkerPool.Supervisor.Security;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Api;

/// <summary>The public API of jobs.</summary>
/// <param name="pool">The pool.</param>
/// <param name="time">Paces what is watched, and tells how long items have run.</param>
internal sealed class JobApi(Pool pool, TimeProvider time) : JobService.JobServiceBase
{
    private const int DefaultPageSize = 100;
    private const int MaxPageSize = 1000;
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromMilliseconds(500);
    // What is longer no timer takes.
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(1);
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc/>
    public override async Task<GetJobResponse> GetJob(GetJobRequest request, ServerCallContext context) =>
        new() { Job = await StatusAsync(request.Id) };

    /// <inheritdoc/>
    public override async Task<ListJobsResponse> ListJobs(ListJobsRequest request, ServerCallContext context)
    {
        if (request.PageSize is < 0 or > MaxPageSize)
        {
            throw RpcErrors.Invalid("page_size", $"page_size is {request.PageSize}; expected 1 to {MaxPageSize}, or 0 for {DefaultPageSize}.");
        }

        if (!Enum.IsDefined(request.State))
        {
            throw RpcErrors.Invalid("state", $"state is {(int)request.State}; expected a JobState, or none for every state.");
        }

        var below = ulong.MaxValue;
        if (request.PageToken.Length > 0 && !ulong.TryParse(request.PageToken, out below))
        {
            throw RpcErrors.Invalid("page_token", $"page_token is \"{request.PageToken}\"; expected the next_page_token of a page before.");
        }

        // By number, which rises: a page stays where it is while newer jobs come.
        var size = request.PageSize == 0 ? DefaultPageSize : request.PageSize;
        var jobs = (await pool.Jobs.ListAsync())
            .Where(job => job.Number < below)
            .Where(job => request.State == JobState.Unspecified || job.State == request.State)
            .Where(job => request.Label.Length == 0 || job.Spec.Label == request.Label)
            .Take(size + 1)
            .ToList();
        var response = new ListJobsResponse { ApplyCount = (ulong)await pool.Jobs.CountAppliesAsync() };
        var running = await pool.RunningAsync();
        response.Jobs.AddRange(jobs.Take(size).Select(job => JobStatuses.From(job, running, time, isDetailed: false)));
        if (jobs.Count > size)
        {
            response.NextPageToken = jobs[size - 1].Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return response;
    }

    /// <inheritdoc/>
    public override async Task<CancelJobResponse> CancelJob(CancelJobRequest request, ServerCallContext context)
    {
        var caller = Callers.Of(context);
        var job = await pool.Jobs.FindAsync(request.Id) ?? throw Unknown(request.Id);
        if (caller.Role < Role.Admin && job.Spec.Account?.Name != caller.Name)
        {
            throw RpcErrors.Create(
                StatusCode.PermissionDenied,
                ErrorReasons.RoleTooLow,
                $"{request.Id} is not a job of \"{caller.Name}\", which has the role submitter. To cancel jobs of others takes the role admin.",
                [new("needed", "admin"), new("actual", "submitter")]);
        }

        return new CancelJobResponse { Job = JobStatuses.From(await pool.Jobs.CancelAsync(request.Id) ?? throw Unknown(request.Id)) };
    }

    /// <inheritdoc/>
    public override async Task WatchJob(
        WatchJobRequest request, IServerStreamWriter<WatchJobResponse> responseStream, ServerCallContext context)
    {
        var asked = request.Interval is null ? DefaultInterval : Durations.Read(request.Interval);
        if (asked is not { } interval || interval < ShortestInterval)
        {
            throw RpcErrors.Invalid("interval", $"interval is {request.Interval}; expected 50 ms or more, such as \"0.5s\".");
        }

        JobStatus? last = null;
        while (true)
        {
            var status = await StatusAsync(request.Id);
            if (!status.Equals(last))
            {
                await responseStream.SendAsync(new WatchJobResponse { Job = status }, context.CancellationToken);
                last = status;
            }

            if (status.State != JobState.Running)
            {
                return;
            }

            await Task.Delay(interval < LongestInterval ? interval : LongestInterval, time, context.CancellationToken);
        }
    }

    /// <inheritdoc/>
    public override async Task<ExplainJobResponse> ExplainJob(ExplainJobRequest request, ServerCallContext context)
    {
        var running = await pool.RunningAsync();
        var scene = await pool.SceneAsync(request.Id) ?? throw Unknown(request.Id);
        var findings = JobExplanation.Of(scene).Select(finding => new V1.Finding
        {
            Kind = finding.Kind,
            Severity = finding.Severity,
            Sentence = finding.Sentence,
            Values = { finding.Values.ToDictionary() },
        });
        return new ExplainJobResponse { Job = JobStatuses.From(scene.Job, running, time), Findings = { findings } };
    }

    private static RpcException Unknown(string id) => RpcErrors.Create(
        StatusCode.NotFound,
        ErrorReasons.UnknownJob,
        $"There is no job \"{id}\", neither open nor among those that ended of late. ListJobs lists them.",
        field: "id");

    private async Task<JobStatus> StatusAsync(string id)
    {
        var running = await pool.RunningAsync();
        var job = await pool.Jobs.FindAsync(id) ?? throw Unknown(id);
        return JobStatuses.From(job, running, time);
    }
}
