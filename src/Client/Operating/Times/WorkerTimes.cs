namespace WorkerPool.Client;

/// <summary>How time of workers divides. <see cref="Sum"/> is all that is known of; shares are parts of it.</summary>
/// <param name="Starting">Processes were launched and introduced themselves, the pool's initializer included.</param>
/// <param name="Initializing">Objects were made, shared arguments read and initializers of jobs run.</param>
/// <param name="Waiting">Workers were ready and had nothing.</param>
/// <param name="Working">Items ran, those that run now included.</param>
/// <param name="Sending">Workers had items, and did none of the above with them: they, or their results, were on the way.</param>
public readonly record struct WorkerTimes(
    TimeSpan Starting, TimeSpan Initializing, TimeSpan Waiting, TimeSpan Working, TimeSpan Sending)
{
    /// <summary>All of it.</summary>
    public TimeSpan Sum => Starting + Initializing + Waiting + Working + Sending;

    /// <summary>The part of <see cref="Sum"/> that a time is. Range: 0 to 1; 0 where there is none.</summary>
    /// <param name="time">One of these times.</param>
    public double ShareOf(TimeSpan time) => Sum > TimeSpan.Zero ? time / Sum : 0;

    internal static WorkerTimes From(V1.WorkerTimes? times) => times is null ? default : new WorkerTimes(
        times.Starting?.ToTimeSpan() ?? default,
        times.Initializing?.ToTimeSpan() ?? default,
        times.Waiting?.ToTimeSpan() ?? default,
        times.Working?.ToTimeSpan() ?? default,
        times.Sending?.ToTimeSpan() ?? default);
}
