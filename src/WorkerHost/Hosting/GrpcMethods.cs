namespace WorkerPool.WorkerHost.Hosting;

/// <summary>
/// Methods of gRPC services by their paths, for a server that serves nothing else. Their paths are fixed texts, which are looked
/// up as they are: routing compiles what it matches when the first request comes, while somebody waits for the worker.
/// </summary>
/// <param name="app">The application.</param>
internal sealed class GrpcMethods(IApplicationBuilder app) : IEndpointRouteBuilder
{
    // The method of any name of a service of any name: it answers that there is none.
    private const int ParametersOfUnknown = 2;

    /// <inheritdoc/>
    public IServiceProvider ServiceProvider => app.ApplicationServices;

    /// <inheritdoc/>
    public ICollection<EndpointDataSource> DataSources { get; } = [];

    /// <inheritdoc/>
    public IApplicationBuilder CreateApplicationBuilder() => app.New();

    /// <summary>Serves the methods that are mapped by now; what is not one of them is answered as gRPC has it.</summary>
    public RequestDelegate Serve()
    {
        var endpoints = DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToList();
        var unknown = endpoints.First(endpoint => endpoint.RoutePattern.Parameters.Count == ParametersOfUnknown);
        var methods = endpoints
            .Where(endpoint => endpoint.RoutePattern.Parameters.Count == 0)
            .ToDictionary(endpoint => endpoint.RoutePattern.RawText!, StringComparer.Ordinal);
        return context =>
        {
            var endpoint = methods.GetValueOrDefault(context.Request.Path.Value!, unknown);
            context.SetEndpoint(endpoint);
            return endpoint.RequestDelegate!(context);
        };
    }
}
