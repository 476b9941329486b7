using System.Globalization;
using System.Text.RegularExpressions;

namespace WorkerPool.Bench.Allocations;

/// <summary>Bytes that a Supervisor has allocated on its managed heap, from its metric <c>dotnet.gc.heap.total_allocated</c>.</summary>
/// <param name="metrics">Where it serves its metrics.</param>
internal sealed partial class AllocatedBytes(Uri metrics) : IDisposable
{
    // Longer than an answer is kept there.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(0.5);
    private readonly HttpClient _http = new();

    /// <summary>Reads them.</summary>
    /// <exception cref="InvalidOperationException">The metric is not there.</exception>
    public async Task<double> ReadAsync()
    {
        await Task.Delay(Fresh, TimeProvider.System);
        return Metric().Match(await _http.GetStringAsync(metrics)) is { Success: true } match
            ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException("the Supervisor does not tell what it has allocated");
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    [GeneratedRegex(@"^dotnet_gc_heap_total_allocated\S*\s+(\S+)", RegexOptions.Multiline)]
    private static partial Regex Metric();
}
