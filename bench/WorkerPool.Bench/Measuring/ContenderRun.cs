using System.Diagnostics;
using System.Text.Json;

namespace WorkerPool.Bench.Measuring;

/// <summary>One run of a contender's process, from its start to its end.</summary>
internal static class ContenderRun
{
    private const int LastErrors = 12;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Runs it.</summary>
    /// <param name="contender">The contender.</param>
    /// <param name="order">Its order, as JSON.</param>
    /// <param name="cancellation">Kills it.</param>
    /// <returns>What it measured.</returns>
    /// <exception cref="BrokenContenderException">It failed, or measured nothing.</exception>
    public static async Task<IReadOnlyList<Reading>> RunAsync(Contender contender, string order, CancellationToken cancellation)
    {
        var start = contender.Start(order);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var readings = new List<Reading>();
            while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                readings.Add(Read(line) ?? throw new BrokenContenderException($"{contender.Name}: printed \"{line}\", which is no reading"));
            }

            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 && readings.Count > 0
                ? readings
                : throw new BrokenContenderException($"{contender.Name}: exit code {process.ExitCode}, {readings.Count} readings; {Last(await errors)}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new BrokenContenderException($"{contender.Name}: not done after {Limit}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Writes a reading as a contender's process does.</summary>
    /// <param name="reading">The reading.</param>
    public static string Line(Reading reading) => JsonSerializer.Serialize(reading, Format);

    private static Reading? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Reading>(line, Format);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Last(string errors) =>
        string.Join(" / ", errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(LastErrors));
}
