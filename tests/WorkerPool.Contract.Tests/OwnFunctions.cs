namespace WorkerPool.Contract.Tests;

/// <summary>Functions beside the tests that call them, as in a user's own program.</summary>
public static class OwnFunctions
{
    private static int _sum;

    public static int Sum
    {
        get => Volatile.Read(ref _sum);
        set => Volatile.Write(ref _sum, value);
    }

    public static Barrier? Meeting { get; set; }

    public static ManualResetEventSlim? LetGo { get; set; }

    public static TaskCompletionSource HangEnded { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [WorkerFunction("add_to_sum")]
    public static int AddToSum(int number) => Interlocked.Add(ref _sum, number);

    [WorkerFunction("own_process")]
    public static int OwnProcess() => Environment.ProcessId;

    [WorkerFunction("meet_and_name")]
    public static async Task<string> MeetAndName(int number)
    {
        Meeting!.SignalAndWait();
        return await Task.Run(() => WorkerContext.Current.WorkerName);
    }

    [WorkerFunction("incarnation")]
    public static ulong Incarnation(int number) => WorkerContext.Current.Incarnation;

    [WorkerFunction("hang")]
    public static int Hang(int number)
    {
        LetGo!.Wait();
        HangEnded.SetResult();
        return number;
    }
}
