using Grpc.Core;
using MudBlazor;
using WorkerPool.Dashboard.Sampling;
using WorkerPool.Dashboard.Visitors;
using WorkerPool.V1;

namespace WorkerPool.Dashboard.Components;

/// <summary>What a visitor does to the pool: asks whether it is meant, does it by the public API, says what came of it.</summary>
/// <param name="visit">Whose role decides.</param>
/// <param name="dialogs">Asks.</param>
/// <param name="messages">Says.</param>
/// <param name="watch">Shows what came of it at once.</param>
internal sealed class PoolActions(Visit visit, IDialogService dialogs, ISnackbar messages, PoolWatch watch)
{
    private AdminService.AdminServiceClient Admin => new(visit.Visitor.Calls);

    /// <summary>Cancels a job.</summary>
    /// <param name="job">The job.</param>
    public async Task CancelAsync(JobStatus job)
    {
        if (await AskAsync("Cancel the job", $"{job.Id} ({job.Function}) ends at once: its running items are cancelled, and its caller gets CANCELLED.", "Cancel the job", "Keep it"))
        {
            await DoAsync($"{job.Id} is cancelled.", new JobService.JobServiceClient(visit.Visitor.Calls).CancelJobAsync(new CancelJobRequest { Id = job.Id }).ResponseAsync);
        }
    }

    /// <summary>Replaces a worker.</summary>
    /// <param name="name">Its name.</param>
    public async Task RecycleAsync(string name)
    {
        if (await AskAsync("Recycle the worker", $"{name} finishes its item, hands back the rest, and a new process takes its place.", "Recycle"))
        {
            await DoAsync($"{name} is being replaced.", Admin.RecycleWorkerAsync(new RecycleWorkerRequest { Name = name }).ResponseAsync);
        }
    }

    /// <summary>Replaces all workers.</summary>
    public async Task RecycleAllAsync()
    {
        if (await AskAsync("Recycle all workers", "Every worker is replaced, one after the other, each by a process that stands ready. No job loses anything.", "Recycle all"))
        {
            messages.Add("The workers are being replaced, one after the other.", Severity.Info);
            await DoAsync("All workers were replaced that could be.", Admin.RecyclePoolAsync(new RecyclePoolRequest()).ResponseAsync);
        }
    }

    /// <summary>Changes the number of workers.</summary>
    public async Task ResizeAsync()
    {
        var count = (int)(watch.Latest?.Pool.SlotCount ?? 1);
        var dialog = await dialogs.ShowAsync<ResizeDialog>(
            "Resize the pool", new DialogParameters<ResizeDialog> { { asked => asked.Count, count } });
        if (await dialog.Result is { Canceled: false, Data: int wanted })
        {
            await DoAsync($"The pool is to have {wanted} workers.", Admin.ResizePoolAsync(new ResizePoolRequest { WorkerCount = wanted }).ResponseAsync);
        }
    }

    /// <summary>Drains the pool.</summary>
    public async Task DrainAsync()
    {
        if (await AskAsync("Drain the pool", "The pool takes no more jobs from now on, and those that are open have its grace to end. This cannot be undone: start the Supervisor anew to take jobs again.", "Drain"))
        {
            messages.Add("The pool drains.", Severity.Info);
            watch.LookNow();
            await DoAsync("The pool is drained.", Admin.DrainPoolAsync(new DrainPoolRequest()).ResponseAsync);
        }
    }

    private async Task<bool> AskAsync(string title, string question, string yes, string no = "Cancel")
    {
        var dialog = await dialogs.ShowAsync<ConfirmDialog>(title, new DialogParameters<ConfirmDialog>
        {
            { asked => asked.Question, question }, { asked => asked.Yes, yes }, { asked => asked.No, no },
        });
        return await dialog.Result is { Canceled: false };
    }

    private async Task DoAsync(string done, Task call)
    {
        try
        {
            await call;
            messages.Add(done, Severity.Success);
        }
        catch (RpcException error)
        {
            messages.Add(error.Status.Detail, Severity.Error);
        }

        watch.LookNow();
    }
}
