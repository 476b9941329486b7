using System.Collections.Concurrent;
using k8s;
using k8s.Models;
using WorkerPool.Manifests.Tests.CustomResources;

namespace WorkerPool.Manifests.Tests.Building;

/// <summary>The objects of a kustomization, each read strictly: a field that its type does not have is a fault.</summary>
internal sealed class Overlay
{
    private static readonly ConcurrentDictionary<string, Lazy<Overlay>> Built = new(StringComparer.Ordinal);

    private Overlay(string path, string text)
    {
        Path = path;
        Text = text;
        Objects = Read(text);
    }

    /// <summary>Path of its folder, from the repository's root.</summary>
    public string Path { get; }

    /// <summary>What kubectl gives.</summary>
    public string Text { get; }

    public IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Objects { get; }

    /// <summary>What runs in pods: the templates of its Deployments, by the Deployments' names.</summary>
    public IReadOnlyDictionary<string, V1PodTemplateSpec> Pods => All<V1Deployment>().ToDictionary(deployment => deployment.Name(), deployment => deployment.Spec.Template);

    /// <summary>Builds one, once.</summary>
    /// <param name="path">Path of its folder, from the repository's root.</param>
    public static Overlay Of(string path) =>
        Built.GetOrAdd(path, static path => new(() => new Overlay(path, Kubectl.Kustomize(System.IO.Path.Combine(Repository.Root, path))))).Value;

    /// <summary>Reads objects strictly.</summary>
    /// <param name="yaml">The objects.</param>
    public static IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Read(string yaml) =>
        [.. KubernetesYaml.LoadAllFromString(yaml, KnownResources.Types, strict: true).Cast<IKubernetesObject<V1ObjectMeta>>()];

    public IEnumerable<T> All<T>() => Objects.OfType<T>();

    public T One<T>(string name)
        where T : IKubernetesObject<V1ObjectMeta> => Assert.Single(All<T>(), found => found.Name() == name);

    /// <summary>Settings that a Deployment's container has in its environment.</summary>
    /// <param name="pod">The template of its pods.</param>
    public IReadOnlyDictionary<string, string> SettingsOf(V1PodTemplateSpec pod) => pod.Spec.Containers
        .SelectMany(container => container.EnvFrom ?? [])
        .SelectMany(source => One<V1ConfigMap>(source.ConfigMapRef.Name).Data)
        .ToDictionary();
}
