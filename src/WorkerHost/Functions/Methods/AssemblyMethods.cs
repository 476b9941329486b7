using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using WorkerPool.Protocol.Errors;
using WorkerPool.V1;

namespace WorkerPool.WorkerHost.Functions.Methods;

/// <summary>
/// Methods of a program that is another process, from its assemblies. The assemblies of one program are loaded together, apart
/// from function libraries: its methods see one set of static fields, the worker's own.
/// </summary>
internal sealed class AssemblyMethods : IMethodSource
{
    private readonly Dictionary<string, LibraryLoadContext> _programs = new(StringComparer.Ordinal);
    private readonly Dictionary<CallerMethod, WorkerFunction> _found = [];

    /// <inheritdoc/>
    public WorkerFunction Find(string name, CallerMethod method)
    {
        if (_found.TryGetValue(method, out var found))
        {
            return found;
        }

        if (method.Assembly is not { } place)
        {
            throw new FunctionLibraryException($"{name} came without the assembly that it is in: it is of another process.");
        }

        var function = FunctionLibrary.Guarded(place.Path, () => Load(name, place));
        _found.Add(method, function);
        return function;
    }

    private WorkerFunction Load(string name, AssemblyMethod place)
    {
        if (!File.Exists(place.Path))
        {
            throw new FunctionLibraryException(
                $"{name} is in {place.Path}, which is not there any more. Build the program again and start it anew.");
        }

        if (!_programs.TryGetValue(place.Root, out var program))
        {
            program = new LibraryLoadContext(place.Root);
            _programs.Add(place.Root, program);
        }

        var module = AssemblyOf(program, place.Path).ManifestModule;
        if (module.ModuleVersionId.ToString() != place.ModuleVersionId)
        {
            throw Changed(name, place);
        }

        var method = Resolve(name, place, module, program);
        if (SignatureRules.ShapeProblem(method) is { } problem)
        {
            throw new FunctionLibraryException($"{name} {problem}.");
        }

        // A lambda that captures nothing is an instance method all the same, of a class of the compiler's without fields.
        var target = method.IsStatic ? null : RuntimeHelpers.GetUninitializedObject(method.DeclaringType!);
        return new WorkerFunction(name, method, "", place.Path, target);
    }

    // What the program shares with its worker's host is the host's, here as everywhere.
    private static Assembly AssemblyOf(LibraryLoadContext program, string path)
    {
        var name = AssemblyName.GetAssemblyName(path);
        return LibraryLoadContext.IsOfHost(name)
            ? AssemblyLoadContext.Default.LoadFromAssemblyName(name)
            : program.LoadFromAssemblyPath(path);
    }

    private static MethodInfo Resolve(string name, AssemblyMethod place, Module module, LibraryLoadContext program)
    {
        MethodInfo? definition;
        try
        {
            definition = module.ResolveMethod((int)place.MetadataToken) as MethodInfo;
        }
        catch (ArgumentException)
        {
            definition = null;
        }

        // A method that was edited into the running program is not in the file either.
        if (definition?.DeclaringType is not { } type)
        {
            throw Changed(name, place);
        }

        if (place.TypeArguments.Count > 0)
        {
            type = type.MakeGenericType(Types(place.TypeArguments, program));
            definition = (MethodInfo)MethodBase.GetMethodFromHandle(definition.MethodHandle, type.TypeHandle)!;
        }

        return place.MethodArguments.Count > 0
            ? definition.MakeGenericMethod(Types(place.MethodArguments, program))
            : definition;
    }

    private static Type[] Types(IEnumerable<string> names, LibraryLoadContext program) =>
        [.. names.Select(name => Type.GetType(name, program.LoadFromAssemblyName, typeResolver: null, throwOnError: true)!)];

    private static FunctionLibraryException Changed(string name, AssemblyMethod place) => new(
        $"{name} is not the method any more that the program began with: {place.Path} was built again since. Start the program anew.",
        reason: ErrorReasons.FunctionChanged);
}
