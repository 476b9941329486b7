namespace WorkerPool.TestSupport;

/// <summary>Waits for what no event tells of, by asking again and again.</summary>
public static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks until the answer is as it is wanted.</summary>
    /// <param name="ask">Asks.</param>
    /// <param name="isWanted">Whether the answer is as it is wanted.</param>
    /// <returns>That answer.</returns>
    /// <exception cref="TimeoutException">It never was; the last answer is told.</exception>
    public static async Task<T> AskAsync<T>(Func<Task<T>> ask, Func<T, bool> isWanted)
    {
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        using var timer = new PeriodicTimer(Interval, time);
        while (true)
        {
            var answer = await ask();
            if (isWanted(answer))
            {
                return answer;
            }

            if (time.GetElapsedTime(start) > SupervisorProgram.Limit)
            {
                throw new TimeoutException($"it never came to be as wanted; the last answer was {answer}");
            }

            await timer.WaitForNextTickAsync();
        }
    }
}
