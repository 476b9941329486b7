using WorkerPool.Cli.Running;

namespace WorkerPool.Cli.Output;

/// <summary>
/// Notices that whoever reads stdout has gone while there is nothing to write, so that <c>workerpool … | head</c> does
/// not go on for nobody.
/// </summary>
internal static class ReaderWatch
{
    public static void Start(Ending ending)
    {
        if (!Descriptor.HasReader(Descriptor.StandardOutput))
        {
            return;
        }

        var watch = new Thread(() =>
        {
            Descriptor.WaitForReaderToGo(Descriptor.StandardOutput);
            ending.Begin(ExitCodes.OutputClosed);
        })
        {
            IsBackground = true,
            Name = "stdout reader watch",
        };
        watch.Start();
    }
}
