using System.Reflection;
using WorkerPool.Processes;
using WorkerPool.Processes.Programs;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Launching;
using WorkerPool.WorkerHost.Functions;
using WorkerPool.WorkerHost.Programs;

namespace WorkerPool.InProcess;

/// <summary>Launches workers as threads of this process, on Unix sockets in the pool's private directory.</summary>
internal sealed class InProcessLauncher : IWorkerLauncher
{
    private readonly PrivateDirectory _directory;
    private readonly DelegateTable _methods;
    private long _launches;
    private readonly Lazy<IReadOnlyList<ProgramDeclaration>> _programs;
    private readonly Lazy<IReadOnlyList<(Assembly Assembly, string Origin)>> _libraries;

    /// <summary>A launcher.</summary>
    /// <param name="directory">The pool's private directory.</param>
    /// <param name="options">What to launch.</param>
    /// <param name="methods">The methods of the pool's calls.</param>
    public InProcessLauncher(PrivateDirectory directory, InProcessPoolOptions options, DelegateTable methods)
    {
        _directory = directory;
        _methods = methods;
        _libraries = new(() => Libraries(options));
        _programs = new(() => ProgramDeclaration.Read(options.Programs, out _));
    }

    /// <inheritdoc/>
    public async Task<ILaunchedWorker> LaunchAsync(string name, CancellationToken cancellation)
    {
        var file = Interlocked.Increment(ref _launches);
        try
        {
            // Each worker its own functions, of the same code: their objects are the worker's.
            var functions = _libraries.Value.SelectMany(library => FunctionLibrary.Find(library.Assembly, library.Origin));
            var catalogue = FunctionCatalogue.WithBuiltIns(
                functions.Concat(_programs.Value.Select(ProgramFunction.Of)), new DelegateMethods(_methods));
            return await InProcessWorker.StartAsync(catalogue, _directory.File($"{file}.sock"), _directory.File($"{file}.rec"));
        }
        catch (FunctionLibraryException error)
        {
            throw new WorkerStartException(ErrorReasons.FunctionLibraryInvalid, error.Message);
        }
        catch (IOException error)
        {
            throw new WorkerStartException(ErrorReasons.WorkerStartFailed, $"{name} could not be started: {error.Message}");
        }
    }

    private static IReadOnlyList<(Assembly Assembly, string Origin)> Libraries(InProcessPoolOptions options) =>
    [
        .. options.Assemblies.Select(assembly => (assembly, assembly.GetName().Name ?? assembly.ToString())),
        .. options.Functions.Select(path => (FunctionLibrary.LoadAssembly(path), Path.GetFullPath(path))),
    ];
}
