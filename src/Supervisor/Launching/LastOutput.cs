using System.Collections.Concurrent;
using WorkerPool.Processes;

namespace WorkerPool.Supervisor.Launching;

/// <summary>What user code printed last, by worker: a bounded number of lines each. Safe for several threads.</summary>
/// <param name="time">Tells when.</param>
internal sealed class LastOutput(TimeProvider time)
{
    private const int LinesPerWorker = 100;
    private const int LongestLine = 500;
    private const int MostWorkers = 2048;
    private readonly ConcurrentDictionary<string, Queue<PrintedLine>> _lines = new(StringComparer.Ordinal);

    /// <summary>Keeps a line.</summary>
    /// <param name="line">The line.</param>
    public void Add(WorkerOutputLine line)
    {
        if (!_lines.TryGetValue(line.Worker, out var lines))
        {
            if (_lines.Count >= MostWorkers)
            {
                return;
            }

            lines = _lines.GetOrAdd(line.Worker, _ => new Queue<PrintedLine>());
        }

        var text = line.Text.Length > LongestLine ? string.Concat(line.Text.AsSpan(0, LongestLine - 1), "…") : line.Text;
        lock (lines)
        {
            if (lines.Count == LinesPerWorker)
            {
                lines.Dequeue();
            }

            lines.Enqueue(new PrintedLine(time.GetUtcNow(), line.IsError, text));
        }
    }

    /// <summary>A worker's lines, the oldest first.</summary>
    /// <param name="worker">Its name.</param>
    public IReadOnlyList<PrintedLine> Of(string worker)
    {
        if (!_lines.TryGetValue(worker, out var lines))
        {
            return [];
        }

        lock (lines)
        {
            return [.. lines];
        }
    }
}

/// <summary>A line that user code printed.</summary>
/// <param name="Time">When.</param>
/// <param name="IsError">Whether it came by stderr.</param>
/// <param name="Text">The line, cut short where it is long.</param>
public readonly record struct PrintedLine(DateTimeOffset Time, bool IsError, string Text);
