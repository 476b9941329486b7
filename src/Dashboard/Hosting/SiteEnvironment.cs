using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.FileProviders;

namespace WorkerPool.Dashboard.Hosting;

/// <summary>Where the site is: nowhere on disk.</summary>
internal sealed class SiteEnvironment : IWebHostEnvironment
{
    /// <inheritdoc/>
    public string ApplicationName { get; set; } = typeof(SiteEnvironment).Assembly.GetName().Name!;

    /// <inheritdoc/>
    public string EnvironmentName { get; set; } = "Production";

    /// <inheritdoc/>
    public string ContentRootPath { get; set; } = AppContext.BaseDirectory;

    /// <inheritdoc/>
    public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();

    /// <inheritdoc/>
    public string WebRootPath { get; set; } = "";

    /// <inheritdoc/>
    public IFileProvider WebRootFileProvider { get; set; } = new NullFileProvider();
}
