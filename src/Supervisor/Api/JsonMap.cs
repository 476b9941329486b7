using WorkerPool.Protocol.Packing;
using WorkerPool.Supervisor.Jobs;

namespace WorkerPool.Supervisor.Api;

/// <summary>
/// Feeds a finite list of items through a job and goes through its results, paced by whoever takes them: items are
/// sent as far as the job's window allows, results are acknowledged when the next is asked for.
/// </summary>
internal static class JsonMap
{
    private const int BatchItems = 4096;

    /// <summary>The results, one by one.</summary>
    /// <param name="job">The job; without items yet.</param>
    /// <param name="items">All items.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="JobFailedException">The job failed.</exception>
    public static async IAsyncEnumerable<JsonResult> RunAsync(
        JobHandle job, PackedRun items, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var window = new InputWindow(job.Limits.WindowItems, job.Limits.WindowBytes);
        var sent = 0;
        ulong taken = 0, takenBytes = 0;
        Feed();
        await foreach (var run in job.Output.ReadAllAsync(cancellation))
        {
            var index = run.FirstIndex;
            var nextError = 0;
            foreach (var value in run.Values)
            {
                var error = nextError < run.Errors.Count && run.Errors[nextError].Index == index ? run.Errors[nextError++] : null;
                yield return new JsonResult(index, value, error);
                window.Answered(items.SizeOf((int)index));
                index++;
                takenBytes += (ulong)value.Length;
            }

            taken += (ulong)run.Count;
            window.Acknowledge((long)taken);
            job.Acknowledge(taken, takenBytes);
            Feed();
        }

        void Feed()
        {
            while (sent < items.Count)
            {
                var count = items.Slice(sent).CountWithin(
                    job.Limits.WindowBytes / 4, (int)Math.Min(BatchItems, job.Limits.WindowItems - window.Items), out _);
                var batch = items.Slice(sent, Math.Max(1, count));
                if (!window.TryAccept(batch.Count, batch.Data.Length, out _))
                {
                    return;
                }

                job.Accept((ulong)sent, batch, isLast: sent + batch.Count == items.Count);
                sent += batch.Count;
            }

            if (items.Count == 0)
            {
                job.EndInput();
            }
        }
    }
}

/// <summary>One result of a job whose values are JSON.</summary>
/// <param name="Index">Index of the item.</param>
/// <param name="Value">UTF-8 JSON text; empty when it failed.</param>
/// <param name="Error">Why it failed; <c>null</c> when it did not.</param>
internal readonly record struct JsonResult(ulong Index, ReadOnlyMemory<byte> Value, V1.ItemError? Error);
