using System.Reflection;
using System.Runtime.CompilerServices;
using WorkerPool.WorkerHost.Functions.Objects;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>Finds the functions in a class library, or in given types.</summary>
internal static class FunctionLibrary
{
    private const BindingFlags AnyMethod = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static
        | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>The functions of a library, whose static constructors have run.</summary>
    /// <param name="path">Path of the library's .dll.</param>
    /// <exception cref="FunctionLibraryException">It cannot be loaded, or holds no sound functions.</exception>
    public static IReadOnlyList<WorkerFunction> Load(string path)
    {
        var origin = Path.GetFullPath(path);
        var assembly = LoadAssembly(path);
        var functions = Find(assembly, origin);

        // Now, not with the first item: a library that cannot live is the library's fault, and no item's.
        Initialize(origin, () => RuntimeHelpers.RunModuleConstructor(assembly.ManifestModule.ModuleHandle));
        foreach (var type in functions.Select(function => function.Method?.DeclaringType).OfType<Type>().Distinct())
        {
            Initialize(origin, () => RuntimeHelpers.RunClassConstructor(type.TypeHandle));
        }

        return functions;
    }

    /// <summary>Loads a library, apart from others.</summary>
    /// <param name="path">Path of the library's .dll.</param>
    /// <exception cref="FunctionLibraryException">It cannot be loaded.</exception>
    public static Assembly LoadAssembly(string path)
    {
        var fullPath = Path.GetFullPath(path);
        if (!File.Exists(fullPath))
        {
            throw new FunctionLibraryException(
                $"There is no function library at {fullPath}. Give the path of a class library's .dll, as built.");
        }

        return Guarded(fullPath, () => new LibraryLoadContext(fullPath).LoadFromAssemblyPath(fullPath));
    }

    /// <summary>The functions of a library that is loaded.</summary>
    /// <param name="assembly">The library.</param>
    /// <param name="origin">Where it comes from, for people.</param>
    /// <exception cref="FunctionLibraryException">It lacks something it needs, or holds no sound functions.</exception>
    public static IReadOnlyList<WorkerFunction> Find(Assembly assembly, string origin)
    {
        var functions = Guarded(origin, () => Find(assembly.GetTypes(), origin));
        return functions.Count > 0
            ? functions
            : throw new FunctionLibraryException(
                $"{origin} has no functions. Mark public methods with [WorkerFunction].");
    }

    /// <summary>The functions among the methods of some types.</summary>
    /// <param name="types">The types.</param>
    /// <param name="origin">Where they come from, for people.</param>
    /// <exception cref="FunctionLibraryException">A function is not sound.</exception>
    public static List<WorkerFunction> Find(IReadOnlyList<Type> types, string origin)
    {
        var functions = new List<WorkerFunction>();
        var services = new LibraryServices(types, origin);
        foreach (var type in types)
        {
            foreach (var method in type.GetMethods(AnyMethod))
            {
                if (method.GetCustomAttribute<WorkerFunctionAttribute>() is { } attribute)
                {
                    functions.Add(Make(method, attribute, origin, services));
                }
            }
        }

        return functions;
    }

    /// <summary>Loads something, and words what stands in the way.</summary>
    /// <param name="origin">Where it comes from, for people.</param>
    /// <param name="load">Loads it.</param>
    /// <typeparam name="T">Type of what is loaded.</typeparam>
    /// <exception cref="FunctionLibraryException">It cannot be loaded.</exception>
    public static T Guarded<T>(string origin, Func<T> load)
    {
        try
        {
            return load();
        }
        catch (BadImageFormatException error)
        {
            throw new FunctionLibraryException(
                $"{error.FileName ?? origin} is not a .NET assembly that can run here. Give the path of a class library's .dll, "
                    + "as built for .NET and this machine.",
                error);
        }
        catch (ReflectionTypeLoadException error)
        {
            var cause = error.LoaderExceptions.OfType<FileNotFoundException>().FirstOrDefault<Exception>()
                ?? error.LoaderExceptions.FirstOrDefault(e => e is not null)
                ?? error;
            throw CannotLoad(origin, cause);
        }
        catch (Exception error) when (error is IOException or TypeLoadException or InvalidOperationException
            or UnauthorizedAccessException or MissingMethodException)
        {
            throw CannotLoad(origin, error);
        }
    }

    private static WorkerFunction Make(MethodInfo method, WorkerFunctionAttribute attribute, string origin, LibraryServices services)
    {
        var place = $"{method.DeclaringType!.FullName}.{method.Name}";
        var problem = SignatureRules.Problem(method) ?? (method.IsStatic ? null : services.Problem(method.DeclaringType));
        if (problem is not null)
        {
            throw new FunctionLibraryException($"Function {place} in {origin} {problem}.");
        }

        var name = attribute.Name ?? method.Name;
        if (string.IsNullOrWhiteSpace(name) || name != name.Trim())
        {
            throw new FunctionLibraryException(
                $"Function {place} in {origin} has the name \"{name}\". Give it one without spaces around it, or none for the method's own.");
        }

        var owner = method.IsStatic ? null : services.ObjectOf(method.DeclaringType);
        return new WorkerFunction(name, method, attribute.Summary, origin, owner: owner);
    }

    private static void Initialize(string origin, Action run)
    {
        try
        {
            run();
        }
        catch (TypeInitializationException error)
        {
            var cause = error.InnerException ?? error;
            throw new FunctionLibraryException(
                $"{origin} cannot be loaded: the static constructor of {error.TypeName} threw {cause.GetType().FullName}: {ExceptionText.Message(cause)}",
                error);
        }
    }

    private static FunctionLibraryException CannotLoad(string path, Exception cause) => cause switch
    {
        FileNotFoundException { FileName: { } missing } when FrameworkOf(missing) is { } wanted => new FunctionLibraryException(
            $"{path} was built for .NET {wanted.Major}, and this worker runs .NET {Environment.Version.Major}. Build it for "
                + $"net{Environment.Version.Major}.0 or before.",
            cause),
        FileNotFoundException { FileName: { } missing } => new FunctionLibraryException(
            $"{path} needs {missing}, which is not there. Put it beside the library, with the library's .deps.json "
                + "(`dotnet publish` does both).",
            cause),
        _ => new FunctionLibraryException($"{path} cannot be loaded: {cause.Message}", cause),
    };

    // The version of .NET that what is missing is part of, if it is of a later one than runs here.
    private static Version? FrameworkOf(string missing)
    {
        try
        {
            return new AssemblyName(missing) is { Name: "System.Runtime" or "System.Private.CoreLib", Version: { } version } && version.Major > Environment.Version.Major
                ? version
                : null;
        }
        catch (Exception error) when (error is ArgumentException or IOException)
        {
            return null;
        }
    }
}
