using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace WorkerPool.WorkerHost.Functions.Objects;

/// <summary>
/// The objects of a library's classes with functions, in one worker, and the services that they are made with. Nothing of it costs a
/// worker anything whose libraries have static methods alone.
/// </summary>
/// <param name="types">The library's types, among which are those that register services.</param>
/// <param name="origin">Where they come from, for people.</param>
internal sealed class LibraryServices(IReadOnlyList<Type> types, string origin)
{
    private readonly Dictionary<Type, FunctionObject> _objects = [];
    private readonly List<object> _made = [];
    private ServiceProvider? _provider;

    private ServiceProvider Provider => _provider ??= Build();

    /// <summary>The object of a class, the same for all its functions.</summary>
    /// <param name="type">The class.</param>
    public FunctionObject ObjectOf(Type type)
    {
        if (!_objects.TryGetValue(type, out var found))
        {
            _objects.Add(type, found = new FunctionObject(type, this));
        }

        return found;
    }

    /// <summary>Checks that an object of a class can be made.</summary>
    /// <param name="type">The class, which has a public constructor.</param>
    /// <returns>What is wrong and what to do, as the end of a sentence about a method of the class; <c>null</c> if nothing is.</returns>
    /// <exception cref="FunctionLibraryException">The library's services cannot be registered.</exception>
    public string? Problem(Type type)
    {
        var known = Provider.GetRequiredService<IServiceProviderIsService>();
        ParameterInfo? lacking = null;
        foreach (var constructor in type.GetConstructors())
        {
            var missing = Array.Find(constructor.GetParameters(), parameter =>
                !parameter.HasDefaultValue
                && !parameter.IsDefined(typeof(FromKeyedServicesAttribute))
                && !known.IsService(parameter.ParameterType));
            if (missing is null)
            {
                return null;
            }

            lacking ??= missing;
        }

        return $"is of {type.FullName}, whose constructor takes {lacking!.Name} as {lacking.ParameterType.Name}, which nobody provides; "
            + $"register it in a public class that implements {nameof(IWorkerServices)}";
    }

    /// <summary>Makes an object. Throws what its constructor throws.</summary>
    /// <param name="type">Its class.</param>
    public object Make(Type type)
    {
        var made = ActivatorUtilities.CreateInstance(Provider, type);
        _made.Add(made);
        return made;
    }

    /// <summary>Disposes of the objects, the last one first, and of the services. What they throw is printed.</summary>
    public void Dispose()
    {
        foreach (var made in Enumerable.Reverse(_made))
        {
            Dispose(made);
        }

        _made.Clear();
        if (_provider is not null)
        {
            Dispose(_provider);
        }
    }

    [SuppressMessage("ApiDesign", "RS0030", Justification = "What user code does at its end is told where it prints.")]
    private static void Dispose(object what)
    {
        try
        {
            switch (what)
            {
                case IAsyncDisposable disposable:
                    Waiting.ForValue(disposable.DisposeAsync());
                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
            }
        }
        catch (Exception error)
        {
            var cause = ExceptionText.Unwrapped(error);
            Console.Error.WriteLine($"{what.GetType().FullName} was not disposed of: {cause.GetType().FullName}: {ExceptionText.Message(cause)}");
        }
    }

    private ServiceProvider Build()
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(new PrintedLogs()));
        services.AddTransient(_ => WorkerContext.Current);
        foreach (var type in types.Where(type => type.IsAssignableTo(typeof(IWorkerServices)) && !type.IsAbstract))
        {
            if (!type.IsVisible || type.ContainsGenericParameters || type.GetConstructor(Type.EmptyTypes) is null)
            {
                throw new FunctionLibraryException(
                    $"{type.FullName} in {origin} implements {nameof(IWorkerServices)} and cannot be made; make it a public class with a "
                    + "public constructor without parameters.");
            }

            Configure(type, services);
        }

        return services.BuildServiceProvider();
    }

    private void Configure(Type type, ServiceCollection services)
    {
        try
        {
            ((IWorkerServices)Activator.CreateInstance(type)!).Configure(services);
        }
        catch (Exception error)
        {
            var cause = ExceptionText.Unwrapped(error);
            throw new FunctionLibraryException(
                $"{origin} cannot be loaded: {type.FullName}, which registers its services, threw {cause.GetType().FullName}: "
                + ExceptionText.Message(cause),
                error);
        }
    }
}
