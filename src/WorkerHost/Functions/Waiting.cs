namespace WorkerPool.WorkerHost.Functions;

/// <summary>
/// Waits for what asynchronous functions return. The runner's thread has nothing else to do and no synchronisation
/// context, so blocking it is both safe and the shortest way.
/// </summary>
internal static class Waiting
{
    /// <summary>Waits for a task without a result.</summary>
    /// <param name="task">The task the function returned.</param>
    public static NoValue For(Task? task)
    {
        Checked(task).GetAwaiter().GetResult();
        return default;
    }

    /// <summary>Waits for a task's result.</summary>
    /// <param name="task">The task the function returned.</param>
    /// <typeparam name="T">Type of the result.</typeparam>
    public static T ForResult<T>(Task<T>? task) => Checked(task).GetAwaiter().GetResult();

    /// <summary>Waits for a value task without a result.</summary>
    /// <param name="task">What the function returned.</param>
    public static NoValue ForValue(ValueTask task)
    {
        // A value task that is not complete may be asked for its result only after it has been turned into a task.
        if (task.IsCompleted)
        {
            task.GetAwaiter().GetResult();
        }
        else
        {
            task.AsTask().GetAwaiter().GetResult();
        }

        return default;
    }

    /// <summary>Waits for a value task's result.</summary>
    /// <param name="task">What the function returned.</param>
    /// <typeparam name="T">Type of the result.</typeparam>
    public static T ForValueResult<T>(ValueTask<T> task) =>
        task.IsCompleted ? task.Result : task.AsTask().GetAwaiter().GetResult();

    private static T Checked<T>(T? task)
        where T : Task =>
        task ?? throw new InvalidOperationException("The function returned null where a task was expected.");
}
