using System.Diagnostics;

namespace WorkerPool.Bench.Measuring;

/// <summary>This program once more.</summary>
internal static class OwnProcess
{
    /// <summary>How it is started.</summary>
    /// <param name="arguments">Its arguments.</param>
    public static ProcessStartInfo Start(params IEnumerable<string> arguments) => new("dotnet", [typeof(OwnProcess).Assembly.Location, .. arguments]);
}
