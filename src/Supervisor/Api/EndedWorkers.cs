using Google.Protobuf.WellKnownTypes;
using WorkerPool.Supervisor.Launching;
using WorkerPool.Supervisor.Workers;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Api;

/// <summary>What is left of workers, as it goes to clients.</summary>
internal static class EndedWorkers
{
    /// <summary>The message for the end of a worker.</summary>
    /// <param name="ended">The worker.</param>
    public static WorkerEnd From(EndedWorker ended)
    {
        var certificate = ended.Certificate;
        var message = new WorkerEnd
        {
            Time = Timestamp.FromDateTimeOffset(ended.Time),
            Incarnation = ended.Incarnation,
            ProcessId = certificate.ProcessId,
            Died = ended.HasDied,
            Certificate = certificate.ToString(),
            LastErrorLines = { certificate.LastErrorLines },
            Stack = certificate.Stack ?? "",
        };
        if (certificate.PeakMemoryBytes is { } peak)
        {
            message.PeakMemoryBytes = (ulong)peak;
        }

        return message;
    }

    /// <summary>The message for a line that user code printed.</summary>
    /// <param name="line">The line.</param>
    public static OutputLine From(PrintedLine line) =>
        new() { Time = Timestamp.FromDateTimeOffset(line.Time), IsError = line.IsError, Text = line.Text };
}
