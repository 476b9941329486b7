using System.Diagnostics;
using System.Reflection;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Images;
using Microsoft.Extensions.Logging.Abstractions;
using WorkerPool.Container.Tests.Engine;

[assembly: AssemblyFixture(typeof(Images))]

namespace WorkerPool.Container.Tests.Engine;

/// <summary>The images, built once for all tests from the Dockerfiles as docs/docker.md says, and removed after them.</summary>
public sealed class Images : IAsyncLifetime
{
    private const string LibraryFile = "FaultFunctions.dll";
    private static readonly string Tag = Guid.NewGuid().ToString("N")[..12];
    private readonly List<IFutureDockerImage> _built = [];

    /// <summary>Name of the Supervisor's image.</summary>
    public string Supervisor { get; } = $"workerpool-tests/supervisor:{Tag}";

    /// <summary>Name of the image of a keeper and its workers.</summary>
    public string Worker { get; } = $"workerpool-tests/worker:{Tag}";

    /// <summary>Name of that with a function library, as a user makes it.</summary>
    public string Functions { get; } = $"workerpool-tests/functions:{Tag}";

    /// <summary>Name of the image that they stand on.</summary>
    public static string Base { get; } = Environment.GetEnvironmentVariable("WORKERPOOL_BASE_IMAGE") is { Length: > 0 } given
        ? given
        : "mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled";

    /// <summary>The repository's root.</summary>
    public static string Root { get; } = Metadata("RepositoryRoot");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (!await ContainerEngine.IsThereAsync())
        {
            return;
        }

        await PublishAsync("src/Supervisor", "artifacts/publish/supervisor");
        await PublishAsync("src/WorkerHost", "artifacts/publish/worker");
        await BuildAsync(Supervisor, Root, "docker/supervisor.Dockerfile");
        await BuildAsync(Worker, Root, "docker/worker.Dockerfile");
        await BuildFunctionsAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var image in _built.AsEnumerable().Reverse())
        {
            await image.DeleteAsync();
            await image.DisposeAsync();
        }
    }

    private static string Metadata(string key) =>
        typeof(Images).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    private static async Task PublishAsync(string project, string output)
    {
        // With intermediate files of its own: those of the working copy are for another configuration.
        string[] arguments =
        [
            "publish", project, "-c", "Release", "--use-current-runtime", "--self-contained", "false", "-o", output,
            "--artifacts-path", "artifacts/images", "-v", "quiet", "-nodeReuse:false",
        ];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = Root, RedirectStandardOutput = true })!;
        var printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, printed);
    }

    private async Task BuildAsync(string name, string context, string dockerfile, string target = "runtime")
    {
        // Testcontainers gets the images of all stages, also of the one with the SDK, which is not built here: that is said to be another.
        var built = new ImageFromDockerfileBuilder()
            .WithName(name).WithDockerfileDirectory(context).WithDockerfile(dockerfile).WithTarget(target)
            .WithBuildArgument("BASE", Base).WithBuildArgument("SDK", Base)
            .WithLogger(NullLogger.Instance)
            .Build();
        await built.CreateAsync();
        _built.Add(built);
    }

    // The page's Dockerfile, with other names.
    private async Task BuildFunctionsAsync()
    {
        var context = Directory.CreateTempSubdirectory("wp-context-");
        try
        {
            var page = await File.ReadAllTextAsync(Path.Combine(Root, "docs/docker.md"));
            var block = page.Split("```dockerfile\n")[1].Split("```")[0];
            var dockerfile = block.Replace("workerpool/worker:0.1.0", Worker, StringComparison.Ordinal).Replace("Texts.dll", LibraryFile, StringComparison.Ordinal);
            Assert.True(dockerfile.Contains(Worker, StringComparison.Ordinal) && dockerfile.Contains(LibraryFile, StringComparison.Ordinal), block);
            await File.WriteAllTextAsync(Path.Combine(context.FullName, "Dockerfile"), dockerfile);
            File.Copy(Metadata("Library"), Path.Combine(context.CreateSubdirectory("published").FullName, LibraryFile));
            await BuildAsync(Functions, context.FullName, "Dockerfile", target: "");
        }
        finally
        {
            context.Delete(recursive: true);
        }
    }
}
