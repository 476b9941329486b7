namespace WorkerPool.WorkerHost.BuiltIns;

/// <summary>Waiting in place of work.</summary>
public static class SleepFunctions
{
    /// <summary>The longest sleep, in seconds: about eleven days.</summary>
    private const double MaxSeconds = 1_000_000;

    /// <summary>Waits, and returns how long.</summary>
    /// <param name="seconds">How long, in seconds. Range: 0 to 1 000 000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">The time is out of its range.</exception>
    [WorkerFunction("sleep", Summary = "Sleeps for some seconds and returns their number.")]
    public static Number Sleep(Number seconds, CancellationToken cancellationToken)
    {
        if (seconds.ToDouble() is not (>= 0 and <= MaxSeconds))
        {
            throw new ArgumentException($"sleep takes 0 to {MaxSeconds} seconds, not {seconds}.");
        }

        Wait(seconds.ToDouble(), cancellationToken);
        return seconds;
    }

    /// <summary>Waits for up to a second, and returns how long.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How long it slept, in seconds.</returns>
    [WorkerFunction("random_sleep", Summary = "Sleeps for a random time of up to a second and returns the seconds.")]
    public static double RandomSleep(CancellationToken cancellationToken)
    {
        var seconds = Random.Shared.NextDouble();
        Wait(seconds, cancellationToken);
        return seconds;
    }

    private static void Wait(double seconds, CancellationToken cancellationToken)
    {
        // Waits take whole milliseconds and leave out what is beyond them; no sleep is to be shorter than was asked for.
        var milliseconds = Math.Ceiling(Math.Round(seconds * 1000, 3));
        cancellationToken.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(milliseconds));
        cancellationToken.ThrowIfCancellationRequested();
    }
}
