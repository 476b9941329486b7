using System.Runtime.InteropServices;
using WorkerPool.Processes;
using WorkerPool.Protocol.Errors;
using WorkerPool.WorkerHost.Functions;
using WorkerPool.WorkerHost.Hosting;
using WorkerPool.WorkerHost.Session;

namespace WorkerPool.WorkerHost;

/// <summary>A worker: loads functions, serves its one session, ends.</summary>
internal static class Program
{
    private const int CannotStart = 2;

    /// <summary>Threads of the pool that come without delay, so that user code that blocks some does not stop the session.</summary>
    private const int PromptThreads = 32;

    /// <summary>How long open calls may take to end.</summary>
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(1);

    private static void Main(string[] arguments)
    {
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
        using var recorder = FlightRecorder.Open(arguments.Recorder);
        using var end = new WorkerEnd();
        var catalogue = FunctionCatalogue.Load(arguments.Libraries);
        var session = new WorkerSession(catalogue, recorder, TimeProvider.System, SessionLimits.Default);
        var app = WorkerServer.Build(arguments.Socket, new WorkerService(session, end));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            if (!session.Shutdown())
            {
                end.Request();
            }
        });

        app.StartAsync().GetAwaiter().GetResult();
        HandshakeOutput.Print(WorkerHandshake.Ready);
        end.Wait();
        using var grace = new CancellationTokenSource(StopGrace);
        app.StopAsync(grace.Token).ContinueWith(static _ => { }, TaskScheduler.Default).GetAwaiter().GetResult();

        // Not disposed here: the runner may still be in its item, and its recorder is read after its death.
        WorkerEnd.Now(0);
    }
}
