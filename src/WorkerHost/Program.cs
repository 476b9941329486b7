using System.Runtime.InteropServices;
using WorkerPool.Processes;
using WorkerPool.Protocol.Errors;
using WorkerPool.WorkerHost.Functions;
using WorkerPool.WorkerHost.Hosting;
using WorkerPool.WorkerHost.Keeping;

namespace WorkerPool.WorkerHost;

/// <summary>A worker: loads functions, serves its one session, ends. Or, as <c>keeper</c>, the one that launches workers.</summary>
internal static class Program
{
    private const int CannotStart = 2;

    /// <summary>Threads of the pool that come without delay, so that user code that blocks some does not stop the session.</summary>
    private const int PromptThreads = 32;

    private static void Main(string[] arguments)
    {
        if (arguments is [KeeperCommand.Name, .. var rest])
        {
            Environment.ExitCode = KeeperCommand.RunAsync(rest).GetAwaiter().GetResult();
            return;
        }

        if (!WorkerSelf.Enter(WorkerArguments.FindParentId(arguments)))
        {
            return;
        }

        KeeperWatch.Start(() => WorkerEnd.Now(0));
        try
        {
            Serve(WorkerArguments.Parse(arguments));
            WorkerEnd.Now(0);
        }
        catch (FunctionLibraryException error)
        {
            Refuse(ErrorReasons.FunctionLibraryInvalid, error.Message);
        }
        catch (Exception error)
        {
            Refuse(ErrorReasons.WorkerStartFailed, $"The worker could not start: {error.Message}");
        }
    }

    private static void Refuse(string reason, string message)
    {
        HandshakeOutput.Print(new WorkerHandshake(reason, message));
        WorkerEnd.Now(CannotStart);
    }

    private static void Serve(WorkerArguments arguments)
    {
        ThreadPool.SetMinThreads(PromptThreads, PromptThreads);
        var recorder = FlightRecorder.Open(arguments.Recorder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => recorder.NoteExit();
        var spans = WorkerSpans.Start();
        var catalogue = FunctionCatalogue.Load(arguments.Libraries, arguments.ProgramsPath);
        var worker = HostedWorker.StartAsync(catalogue, recorder, arguments.Socket).GetAwaiter().GetResult();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            worker.Shutdown();
        });

        WorkerSelf.LetBrokenPipesEndChildren();
        HandshakeOutput.Print(WorkerHandshake.Ready);
        worker.Ended.GetAwaiter().GetResult();
        worker.DisposeAsync().AsTask().GetAwaiter().GetResult();

        spans?.Dispose();

        // The recorder is not disposed of: the runner may still be in its item, and its recorder is read after its death.
        WorkerEnd.Now(0);
    }
}
