using Google.Protobuf.WellKnownTypes;

namespace WorkerPool.Supervisor.Api;

/// <summary>Durations as they come from the wire, which may be none that can be converted.</summary>
internal static class Durations
{
    /// <summary>Reads a duration.</summary>
    /// <param name="duration">As it came.</param>
    /// <returns>The time; <c>null</c> when it is negative or no duration.</returns>
    public static TimeSpan? Read(Duration duration) =>
        duration is { Seconds: >= 0 and <= Duration.MaxSeconds, Nanos: >= 0 and < Duration.NanosecondsPerSecond }
            ? duration.ToTimeSpan()
            : null;
}
