using WorkerPool.Processes.Programs;
using WorkerPool.WorkerHost.BuiltIns;
using WorkerPool.WorkerHost.Programs;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>The functions of a worker, by name.</summary>
internal sealed class FunctionCatalogue
{
    private readonly Dictionary<string, WorkerFunction> _functions = new(StringComparer.Ordinal);

    /// <summary>A catalogue of some functions.</summary>
    /// <param name="functions">The functions.</param>
    /// <exception cref="FunctionLibraryException">Two have one name.</exception>
    public FunctionCatalogue(IEnumerable<WorkerFunction> functions)
    {
        foreach (var function in functions)
        {
            if (!_functions.TryAdd(function.Name, function))
            {
                throw new FunctionLibraryException(
                    $"Two functions have the name \"{function.Name}\": {_functions[function.Name].Place}, and {function.Place}. "
                        + "Names are unique in a pool: give one of them another, as in [WorkerFunction(\"name\")] or Pool:Programs:name.");
            }
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
    /// <exception cref="FunctionLibraryException">Two functions have one name.</exception>
    public static FunctionCatalogue WithBuiltIns(IEnumerable<WorkerFunction> functions) =>
        new(FunctionLibrary.Find(BuiltInFunctions.Types, "the built-in functions").Concat(functions));

    /// <summary>The function of a name, or <c>null</c>.</summary>
    /// <param name="name">The name, in its exact case.</param>
    public WorkerFunction? Find(string name) => _functions.GetValueOrDefault(name);
}
