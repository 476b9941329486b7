using Microsoft.Extensions.DependencyInjection;

namespace WorkerPool;

/// <summary>
/// Registers what the constructors of a library's classes with functions ask for. Implemented by a public class of the library
/// with a constructor without parameters; any number of them. Each worker has services of its own, which are disposed with it.
/// </summary>
public interface IWorkerServices
{
    /// <summary>Registers services. Called once in each worker, when the library is loaded and has functions that are methods of objects.</summary>
    /// <param name="services">Takes the services. Loggers and <see cref="WorkerContext"/> are registered already.</param>
    void Configure(IServiceCollection services);
}
