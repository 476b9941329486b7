using WorkerPool.Processes.Programs;
using WorkerPool.V1;
using WorkerPool.WorkerHost.BuiltIns;
using WorkerPool.WorkerHost.Functions.Methods;
using WorkerPool.WorkerHost.Functions.Objects;
using WorkerPool.WorkerHost.Programs;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>The functions of a worker, by name.</summary>
internal sealed class FunctionCatalogue
{
    private readonly Dictionary<string, WorkerFunction> _functions = new(StringComparer.Ordinal);
    private readonly IMethodSource _methods;
    private readonly Lock _gate = new();
    private WorkerFunction? _callOfMethods;

    /// <summary>A catalogue of some functions.</summary>
    /// <param name="functions">The functions.</param>
    /// <param name="methods">Finds methods of the caller's program; <c>null</c> (default): from its assemblies.</param>
    /// <exception cref="FunctionLibraryException">Two have one name.</exception>
    public FunctionCatalogue(IEnumerable<WorkerFunction> functions, IMethodSource? methods = null)
    {
        _methods = methods ?? new AssemblyMethods();
        foreach (var function in functions)
        {
            Add(function);
        }
    }

    /// <summary>The functions, in the order of their names.</summary>
    public IEnumerable<WorkerFunction> Functions => _functions.Values.OrderBy(f => f.Name, StringComparer.Ordinal);

    /// <summary>The built-in functions, those of some libraries, and programs.</summary>
    /// <param name="libraries">Paths of the libraries.</param>
    /// <param name="programsPath">Path of the file with the declarations of programs. Default: none.</param>
    /// <exception cref="FunctionLibraryException">A library cannot be used, or two functions have one name.</exception>
    public static FunctionCatalogue Load(IEnumerable<string> libraries, string? programsPath = null) => WithBuiltIns(
        libraries.SelectMany(FunctionLibrary.Load).Concat((programsPath is null ? [] : ProgramsFile.Read(programsPath)).Select(ProgramFunction.Of)));

    /// <summary>The built-in functions and others.</summary>
    /// <param name="functions">The others.</param>
    /// <param name="methods">Finds methods of the caller's program; <c>null</c> (default): from its assemblies.</param>
    /// <exception cref="FunctionLibraryException">Two functions have one name.</exception>
    public static FunctionCatalogue WithBuiltIns(IEnumerable<WorkerFunction> functions, IMethodSource? methods = null)
    {
        var catalogue = new FunctionCatalogue(FunctionLibrary.Find(BuiltInFunctions.Types, "the built-in functions"), methods);
        catalogue.Add(CallFunction.Of(catalogue));
        foreach (var function in functions)
        {
            catalogue.Add(function);
        }

        return catalogue;
    }

    private void Add(WorkerFunction function)
    {
        if (!_functions.TryAdd(function.Name, function))
        {
            throw new FunctionLibraryException(
                $"Two functions have the name \"{function.Name}\": {_functions[function.Name].Place}, and {function.Place}. "
                    + "Names are unique in a pool: give one of them another, as in [WorkerFunction(\"name\")] or Pool:Programs:name.");
        }
    }

    /// <summary>Disposes of the objects that were made for functions. Nothing may run any more.</summary>
    public void DisposeObjects()
    {
        foreach (var services in _functions.Values.Select(function => function.Object?.Services).OfType<LibraryServices>().Distinct())
        {
            services.Dispose();
        }
    }

    /// <summary>The function of a name, or <c>null</c>.</summary>
    /// <param name="name">The name, in its exact case.</param>
    public WorkerFunction? Find(string name) => _functions.GetValueOrDefault(name);

    /// <summary>A method of the caller's program; or the function <c>call</c> for items that name such methods.</summary>
    /// <param name="name">What people call it.</param>
    /// <param name="method">The method; without a place for that function.</param>
    /// <exception cref="FunctionLibraryException">It is not there, or cannot be a function.</exception>
    public WorkerFunction Find(string name, CallerMethod method)
    {
        // The reader of the session asks, and so do runners.
        lock (_gate)
        {
            return name == CallFunction.Name && method.PlaceCase == CallerMethod.PlaceOneofCase.None
                ? _callOfMethods ??= CallFunction.Of(this, takesMethods: true)
                : _methods.Find(name, method);
        }
    }
}
