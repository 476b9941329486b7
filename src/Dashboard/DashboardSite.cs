using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MudBlazor;
using MudBlazor.Services;
using WorkerPool.Dashboard.Components;
using WorkerPool.Dashboard.Hosting;
using WorkerPool.Dashboard.Pages;
using WorkerPool.Dashboard.Sampling;
using WorkerPool.Dashboard.Visitors;

namespace WorkerPool.Dashboard;

/// <summary>
/// The dashboard as something that answers requests. It has services and routes of its own, so that whoever hosts it
/// needs none of them, and is made when the first browser comes: before that it costs neither time nor memory.
/// </summary>
public sealed class DashboardSite : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly SiteLogs _logs;
    private readonly RequestDelegate _pipeline;

    private DashboardSite(ServiceProvider services, SiteLogs logs, RequestDelegate pipeline)
    {
        _services = services;
        _logs = logs;
        _pipeline = pipeline;
    }

    /// <summary>Makes one.</summary>
    /// <param name="host">The Supervisor that it shows.</param>
    /// <param name="logs">Takes its logs.</param>
    /// <param name="time">Paces what is sampled.</param>
    /// <param name="stopping">Its connections are to end.</param>
    public static DashboardSite Create(IDashboardHost host, ILoggerFactory logs, TimeProvider time, CancellationToken stopping)
    {
        var siteLogs = new SiteLogs(logs);
        var services = new ServiceCollection();
        services.AddSingleton(host);
        services.AddSingleton<ILoggerFactory>(siteLogs);
        services.AddSingleton(time);
        services.AddLogging();
        services.AddMetrics();
        services.AddSingleton<IHostApplicationLifetime>(new SiteLifetime(stopping));
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton<SiteEnvironment>();
        services.AddSingleton<IWebHostEnvironment>(provider => provider.GetRequiredService<SiteEnvironment>());
        services.AddSingleton<IHostEnvironment>(provider => provider.GetRequiredService<SiteEnvironment>());
        services.AddSingleton(new DiagnosticListener("WorkerPool.Dashboard"));
        services.AddSingleton<DiagnosticSource>(provider => provider.GetRequiredService<DiagnosticListener>());
        services.AddRouting();
        services.AddRazorComponents().AddInteractiveServerComponents(Limit);

        // Cookies and circuits end with the Supervisor, and so may their keys: nothing is written to disk.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "workerpool-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddCascadingAuthenticationState();
        services.AddMudServices(mud => mud.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight);
        services.AddSingleton<EmbeddedAssets>();
        services.AddSingleton<LoginForm>();
        services.AddSingleton<PoolWatch>();
        services.AddScoped<Visit>();
        services.AddScoped<PoolActions>();
        var provider = services.BuildServiceProvider();
        return new DashboardSite(provider, siteLogs, Build(provider));
    }

    /// <summary>Answers a request, whose path begins after that of the dashboard.</summary>
    /// <param name="context">The request.</param>
    public async Task InvokeAsync(HttpContext context)
    {
        // What the host's routing made of the request, and its services, are not of this site.
        var (endpoint, services) = (context.GetEndpoint(), context.RequestServices);
        await using var scope = _services.CreateAsyncScope();
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        context.RequestServices = scope.ServiceProvider;
        try
        {
            await _pipeline(context);
        }
        finally
        {
            context.RequestServices = services;
            context.SetEndpoint(endpoint);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _logs.End();
        return _services.DisposeAsync();
    }

    private static void Limit(CircuitOptions circuits)
    {
        circuits.DisconnectedCircuitMaxRetained = 20;
        circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(1);
    }

    private static RequestDelegate Build(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        var gate = new VisitorGate(services.GetRequiredService<IDashboardHost>());
        var assets = services.GetRequiredService<EmbeddedAssets>();
        app.Use((context, next) => ResponseHeaders.SetAsync(context, next));
        app.Use((context, next) => gate.PassAsync(context, next));
        app.UseRouting();
        app.UseAntiforgery();
        app.UseEndpoints(routes =>
        {
            foreach (var name in assets.Names)
            {
                routes.MapGet($"/assets/{name}", context => assets.SendAsync(context, name));
            }

            services.GetRequiredService<LoginForm>().Map(routes);
            routes.MapRazorComponents<App>().AddInteractiveServerRenderMode(server =>
            {
                server.ContentSecurityFrameAncestorsPolicy = null;
                server.DisableWebSocketCompression = true;
            });
        });
        return app.Build();
    }
}
