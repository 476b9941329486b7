using WorkerPool.Manifests.Tests.Building;

namespace WorkerPool.Manifests.Tests;

/// <summary>The Dockerfiles, and the images that the manifests name.</summary>
public sealed class ImageTests : OverlayTest
{
    private static readonly string[] Labels = ["title", "description", "version", "licenses"];

    public static TheoryData<string> Dockerfiles => [.. Directory.GetFiles(Path.Combine(Repository.Root, "docker"), "*.Dockerfile").Select(path => Path.GetRelativePath(Repository.Root, path))];

    [Theory]
    [MemberData(nameof(Dockerfiles))]
    public void An_image_runs_a_program_of_ours_without_rights_and_without_a_shell(string path)
    {
        var lines = Lines(path);
        Assert.Equal("USER 1654:1654", Assert.Single(lines, line => line.StartsWith("USER ", StringComparison.Ordinal)));
        Assert.Equal("STOPSIGNAL SIGTERM", Assert.Single(lines, line => line.StartsWith("STOPSIGNAL ", StringComparison.Ordinal)));
        var entry = Assert.Single(lines, line => line.StartsWith("ENTRYPOINT ", StringComparison.Ordinal)).Split('"');
        Assert.Equal(("dotnet", "/app"), (entry[1], Path.GetDirectoryName(entry[3])));
        Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, Path.GetFileName(entry[3]))), entry[3]);

        Assert.Contains("ENV Logging__Console__FormatterName=json \\", lines);

        // What runs a shell is the build alone.
        var build = lines.IndexOf("FROM ${SDK} AS build");
        Assert.All(lines.Index().Where(line => line.Item.StartsWith("RUN ", StringComparison.Ordinal)), line => Assert.InRange(line.Index, build, lines.FindIndex(build + 1, next => next.StartsWith("FROM ", StringComparison.Ordinal))));
        Assert.All(Labels, label => Assert.Contains($"org.opencontainers.image.{label}=", Repository.Read(path), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Dockerfiles))]
    public void The_target_runtime_takes_a_finished_folder_and_needs_no_other_image_than_its_base(string path)
    {
        var stages = Lines(path).Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)).ToList();
        Assert.Equal(["FROM ${BASE} AS base", "FROM base AS runtime", "FROM ${SDK} AS build", "FROM base"], stages);
        Assert.Contains("ARG BASE=mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled", Lines(path));
        var component = Path.GetFileName(path).Split('.')[0];
        Assert.Contains($"ARG PUBLISHED=artifacts/publish/{component}", Lines(path));
        Assert.Contains("!artifacts/publish", Repository.Read(".dockerignore"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Images_of_ours_are_of_a_Dockerfile_which_exposes_the_ports_of_their_pods(string path) => Assert.All(
        Overlay.Of(path).Pods.Values.Select(pod => pod.Spec.Containers[0]).Where(container => container.Image.StartsWith("workerpool/", StringComparison.Ordinal)),
        container =>
        {
            var name = container.Image.Split('/', ':');
            Assert.Equal("0.1.0", name[2]);
            var exposed = Assert.Single(Lines($"docker/{name[1]}.Dockerfile"), line => line.StartsWith("EXPOSE ", StringComparison.Ordinal)).Split(' ').Skip(1);
            Assert.Equal(exposed.Order(), container.Ports.Select(port => $"{port.ContainerPort}").Order());
            Assert.True(container.Command is null && container.Args is null, "An image has its entry point.");
        });

    private static List<string> Lines(string path) => [.. Repository.Read(path).Split('\n')];
}
