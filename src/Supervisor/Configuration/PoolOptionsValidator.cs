using System.Text.Json;
using Microsoft.Extensions.Options;
using WorkerPool.Processes;
using WorkerPool.Processes.Programs;

namespace WorkerPool.Supervisor.Configuration;

/// <summary>Checks the options of a pool; reports every fault, not the first alone.</summary>
public sealed class PoolOptionsValidator : IValidateOptions<PoolOptions>
{
    private const int LargestLimit = 1 << 30;
    private const int MostSpares = 64;
    private const long LeastBuffers = 64 << 20;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, PoolOptions options)
    {
        var faults = new List<string>();
        Check(
            WorkerCount.TryParse(options.Workers, Environment.ProcessorCount, out _),
            nameof(options.Workers), options.Workers, $"a number from 1 to {WorkerCount.Max}, \"cpus\" or \"cpus-1\"");
        Check(
            options.Concurrency is >= 1 and <= FlightRecorder.MostRunners,
            nameof(options.Concurrency), options.Concurrency, $"1 to {FlightRecorder.MostRunners}");
        Check(options.WindowItems >= 1, nameof(options.WindowItems), options.WindowItems, "1 or more");
        Check(options.MaxItemBytes is >= 1 and <= LargestLimit, nameof(options.MaxItemBytes), options.MaxItemBytes, "1 to 1 GiB");
        Check(options.MaxValueBytes is >= 1 and <= LargestLimit, nameof(options.MaxValueBytes), options.MaxValueBytes, "1 to 1 GiB");
        Check(
            options.WindowBytes >= 4L * Math.Max(options.MaxItemBytes, options.MaxValueBytes),
            nameof(options.WindowBytes), options.WindowBytes, "at least four times the largest item or value");
        Check(options.MaxSharedBytes is >= 0 and <= LargestLimit, nameof(options.MaxSharedBytes), options.MaxSharedBytes, "0 to 1 GiB");
        Check(
            IsArrayOrObject(options.InitializerArguments),
            nameof(options.InitializerArguments), options.InitializerArguments, "JSON, an array or an object");
        Check(options.MaxOpenJobs >= 1, nameof(options.MaxOpenJobs), options.MaxOpenJobs, "1 or more");
        Check(options.MaxOpenApplies >= 1, nameof(options.MaxOpenApplies), options.MaxOpenApplies, "1 or more");
        Check(
            options.MaxBufferedBytes is 0 or >= LeastBuffers,
            nameof(options.MaxBufferedBytes), options.MaxBufferedBytes, "0 (a quarter of the memory) or at least 64 MiB");
        Check(options.MaxCrashes is >= 1 and <= 100, nameof(options.MaxCrashes), options.MaxCrashes, "1 to 100");
        Check(options.MaxRestarts >= 1, nameof(options.MaxRestarts), options.MaxRestarts, "1 or more");
        CheckAboveZero(options.StartTimeout, nameof(options.StartTimeout));
        CheckAboveZero(options.RestartPeriod, nameof(options.RestartPeriod));
        CheckAboveZero(options.HealthInterval, nameof(options.HealthInterval));
        CheckAboveZero(options.CancellationGrace, nameof(options.CancellationGrace));
        Check(options.SilenceLimit > options.HealthInterval, nameof(options.SilenceLimit), options.SilenceLimit, "more than HealthInterval");
        Check(options.Spares is >= 0 and <= MostSpares, nameof(options.Spares), options.Spares, $"0 to {MostSpares}");
        Check(options.RecycleAfterItems >= 0, nameof(options.RecycleAfterItems), options.RecycleAfterItems, "0 (never) or more");
        Check(options.RecycleAfter >= TimeSpan.Zero, nameof(options.RecycleAfter), options.RecycleAfter, "zero (never) or more");
        Check(options.MemoryLimit >= 0, nameof(options.MemoryLimit), options.MemoryLimit, "0 (the container's) or more bytes");
        Check(
            options.RecycleAboveMemory >= 0 && (options.MemoryLimit <= 0 || options.RecycleAboveMemory <= options.MemoryLimit),
            nameof(options.RecycleAboveMemory), options.RecycleAboveMemory, "0 or more bytes, and no more than MemoryLimit");
        Check(options.StackCaptureLimit >= TimeSpan.Zero, nameof(options.StackCaptureLimit), options.StackCaptureLimit, "zero or more");
        Check(options.DrainGrace >= TimeSpan.Zero, nameof(options.DrainGrace), options.DrainGrace, "zero or more");
        KeeperOptionsCheck.Add(options, faults);
        ProgramDeclaration.Read(options.Programs, out var programFaults);
        faults.AddRange(programFaults.Select(fault =>
            string.Join(':', new[] { PoolOptions.Section, nameof(options.Programs), fault.Program, fault.Setting }.Where(part => part.Length > 0)) + $": {fault.Message}"));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void CheckAboveZero(TimeSpan value, string setting) => Check(value > TimeSpan.Zero, setting, value, "above zero");

        void Check(bool sound, string setting, object? value, string expected)
        {
            if (!sound)
            {
                faults.Add($"{PoolOptions.Section}:{setting} is \"{value}\"; expected {expected}.");
            }
        }
    }

    private static bool IsArrayOrObject(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind is JsonValueKind.Array or JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
