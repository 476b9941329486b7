using Microsoft.Win32.SafeHandles;

namespace WorkerPool.WorkerHost.Hosting;

/// <summary>Watches stdin, whose other end the keeper holds: its end of file means that the keeper is gone.</summary>
internal static class KeeperWatch
{
    private const int StandardInput = 0;

    /// <summary>Starts the thread that watches.</summary>
    /// <param name="onGone">Called on that thread when the keeper is gone.</param>
    public static void Start(Action onGone) =>
        new Thread(() =>
        {
            WaitForEnd();
            onGone();
        })
        { IsBackground = true, Name = "keeper watch" }.Start();

    private static void WaitForEnd()
    {
        try
        {
            using var input = new FileStream(new SafeFileHandle(StandardInput, ownsHandle: false), FileAccess.Read, 0);
            var ignored = new byte[256];
            while (input.Read(ignored) > 0)
            {
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A stdin that cannot be read is closed: the same news.
        }
    }
}
