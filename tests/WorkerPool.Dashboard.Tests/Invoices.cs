using WorkerPool.V1;

namespace WorkerPool.Dashboard.Tests;

/// <summary>The jobs that tests put on a pool.</summary>
internal static class Invoices
{
    /// <summary>Path of their function library.</summary>
    public static string Library { get; } = Path.Combine(AppContext.BaseDirectory, "fixtures", "InvoiceFunctions", "InvoiceFunctions.dll");

    /// <summary>Starts a job of invoices that goes on behind the test's back.</summary>
    /// <param name="supervisor">Where.</param>
    /// <param name="count">How many invoices.</param>
    /// <param name="label">What people call it.</param>
    public static Background Read(RunningSupervisor supervisor, int count, string label = "") => new(supervisor, label, StreamedMap.RunAsync(
        supervisor.Client,
        new MapStart
        {
            Function = "read_invoice",
            ItemCount = (ulong)count,
            Options = new MapOptions { Order = Order.Completion, Label = label },
        },
        [.. Enumerable.Range(0, count).Select(number => $"{number}")],
        limit: TimeSpan.FromMinutes(10)));

    /// <summary>Maps a page that ends its worker, among others that do not.</summary>
    /// <param name="supervisor">Where.</param>
    public static Task<StreamedMap> ScanAsync(RunningSupervisor supervisor) => StreamedMap.RunAsync(
        supervisor.Client,
        new MapStart { Function = "scan_page", ItemCount = 20, Options = new MapOptions { Label = "the attic" } },
        [.. Enumerable.Range(1, 20).Select(page => $"{page}")]);

    /// <summary>The newest job of a label.</summary>
    /// <param name="supervisor">Where.</param>
    /// <param name="label">The label.</param>
    public static async Task<JobStatus> JobAsync(RunningSupervisor supervisor, string label)
    {
        var jobs = await Eventually.AskAsync(
            async () => (await supervisor.Jobs.ListJobsAsync(new ListJobsRequest { Label = label })).Jobs, jobs => jobs.Count > 0);
        return jobs[0];
    }

    /// <summary>A job that goes on until it is over, or disposed of: then all jobs are cancelled.</summary>
    /// <param name="supervisor">Where.</param>
    /// <param name="label">What people call it.</param>
    /// <param name="job">The job.</param>
    public sealed class Background(RunningSupervisor supervisor, string label, Task<StreamedMap> job) : IAsyncDisposable
    {
        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            // A test may end before its job has begun, where there is no browser.
            await Eventually.AskAsync(
                async () => job.IsCompleted || (await supervisor.Jobs.ListJobsAsync(new ListJobsRequest { Label = label })).Jobs.Count > 0, isKnown => isKnown);
            foreach (var open in (await supervisor.Jobs.ListJobsAsync(new ListJobsRequest { State = JobState.Running })).Jobs)
            {
                await supervisor.Jobs.CancelJobAsync(new CancelJobRequest { Id = open.Id });
            }

            try
            {
                await job;
            }
            catch (Grpc.Core.RpcException error) when (error.StatusCode == Grpc.Core.StatusCode.Cancelled)
            {
                // As it was to be.
            }
        }
    }
}
