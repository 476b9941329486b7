using Google.Protobuf.WellKnownTypes;
using WorkerPool.Processes;
using WorkerPool.Protocol;
using WorkerPool.Worker.V1;
using WorkerPool.WorkerHost.BuiltIns;
using WorkerPool.WorkerHost.Functions;
using WorkerPool.WorkerHost.Session;
using WorkerPool.WorkerHost.Tests.Hosting;

namespace WorkerPool.WorkerHost.Tests.Session;

/// <summary>A session in this process, with its stream's ends in the test's hands.</summary>
internal sealed class SessionUnderTest : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly WorkerSession _session;

    public SessionUnderTest(int runners = 1, TimeProvider? time = null)
    {
        Recorder = FlightRecorder.Create(_directory.File("r"), runners);

        var catalogue = new FunctionCatalogue(
            FunctionLibrary.Find([typeof(GatedMethods), .. BuiltInFunctions.Types], "tests"));
        _session = new WorkerSession(catalogue, Recorder, time ?? TimeProvider.System, SessionLimits.Default);
    }

    public FlightRecorder Recorder { get; }

    /// <summary>The one item that runs.</summary>
    public RunningItem Running => Assert.Single(Recorder.Read().Running);

    public RequestFeed Requests { get; } = new();

    public FakeStream Responses { get; } = new();

    public Task Ended { get; private set; } = Task.CompletedTask;

    public static SessionStart Start() => new()
    {
        ProtocolVersion = WorkerProtocol.Version,
        WorkerName = "w",
        Incarnation = 1,
        HeartbeatInterval = Duration.FromTimeSpan(TimeSpan.FromHours(1)),
        MaxValueBytes = 1 << 20,
    };

    public async Task OpenAsync()
    {
        Requests.Send(new SessionRequest { Start = Start() });
        Run();
        Assert.NotNull((await Responses.NextAsync()).Hello);
    }

    public void Run() => Ended = _session.RunAsync(Requests, Responses, CancellationToken.None);

    public void SetUp(params JobSetup[] setups) =>
        Requests.Send(new SessionRequest { Chunks = new Chunks { Setups = { setups } } });

    public void Send(params Chunk[] chunks) =>
        Requests.Send(new SessionRequest { Chunks = new Chunks { Chunks_ = { chunks } } });

    /// <summary>Sends a chunk of a job of its own, which has the chunk's lease as its number.</summary>
    public void SendJob(ulong lease, string function, params string[] items)
    {
        SetUp(WorkerCall.Setup(lease, function));
        Send(WorkerCall.Chunk(lease, items));
    }

    public void Share(ulong job, string text) => Requests.Send(new SessionRequest
    {
        Shared = new SharedData { Job = job, Data = Google.Protobuf.ByteString.CopyFromUtf8(text) },
    });

    public void Forget(ulong job) => Requests.Send(new SessionRequest { Chunks = new Chunks { Forgotten = { job } } });

    public void Cancel(ulong job) => Requests.Send(new SessionRequest { Cancel = new CancelJob { Job = job } });

    public void Reclaim(ulong lease, uint count, bool unbegunOnly = false) => Requests.Send(
        new SessionRequest { Reclaim = new Reclaim { Lease = lease, Count = count, UnbegunOnly = unbegunOnly } });

    public void Shutdown() => Requests.Send(new SessionRequest { Shutdown = new Shutdown() });

    public Task EndedAsync() => Ended.WaitAsync(TimeSpan.FromSeconds(20));

    public async ValueTask DisposeAsync()
    {
        Requests.End();
        await Ended.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(TimeSpan.FromSeconds(20));

        // The recorder stays mapped: a runner that is not waited for may still note the end of its item.
        _directory.Dispose();
        Responses.Dispose();
    }
}
