using System.Reflection;
using WorkerPool.Processes;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Launching;
using WorkerPool.WorkerHost.Functions;

namespace WorkerPool.InProcess;

/// <summary>Launches workers as threads of this process, on Unix sockets in the pool's private directory.</summary>
internal sealed class InProcessLauncher : IWorkerLauncher
{
    private readonly PrivateDirectory _directory = PrivateDirectory.Create();
    private readonly Lazy<IReadOnlyList<(Assembly Assembly, string Origin)>> _libraries;

    /// <summary>A launcher with a private directory of its own.</summary>
    /// <param name="options">What to launch.</param>
    /// <exception cref="IOException">The private directory cannot be made.</exception>
    public InProcessLauncher(InProcessPoolOptions options) => _libraries = new(() => Libraries(options));

    /// <inheritdoc/>
    public async Task<ILaunchedWorker> LaunchAsync(WorkerIdentity identity, CancellationToken cancellation)
    {
        var file = $"{identity.Slot}-{identity.Incarnation}";
        try
        {
            // Each worker its own functions, of the same code: their calls hold the state of the item that runs.
            var functions = _libraries.Value.SelectMany(library => FunctionLibrary.Find(library.Assembly, library.Origin));
            return await InProcessWorker.StartAsync(
                FunctionCatalogue.WithBuiltIns(functions), _directory.File($"{file}.sock"), _directory.File($"{file}.rec"));
        }
        catch (FunctionLibraryException error)
        {
            throw new WorkerStartException(ErrorReasons.FunctionLibraryInvalid, error.Message);
        }
        catch (IOException error)
        {
            throw new WorkerStartException(ErrorReasons.WorkerStartFailed, $"{identity.Name} could not be started: {error.Message}");
        }
    }

    /// <summary>Removes the private directory. Its workers must have ended.</summary>
    public void Dispose() => _directory.Dispose();

    private static IReadOnlyList<(Assembly Assembly, string Origin)> Libraries(InProcessPoolOptions options) =>
    [
        .. options.Assemblies.Select(assembly => (assembly, assembly.GetName().Name ?? assembly.ToString())),
        .. options.Functions.Select(path => (FunctionLibrary.LoadAssembly(path), Path.GetFullPath(path))),
    ];
}
