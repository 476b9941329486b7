using System.Reflection;
using k8s.Models;
using Microsoft.Extensions.Configuration;
using WorkerPool.Manifests.Tests.Building;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.WorkerHost.Keeping;

namespace WorkerPool.Manifests.Tests;

/// <summary>Settings of the manifests are settings of the programs, and agree with the objects around them.</summary>
public sealed class SettingsTests : OverlayTest
{
    private static readonly IReadOnlyDictionary<string, Type> Sections = new[] { typeof(PoolOptions).Assembly, typeof(WorkerHost.Keeping.KeeperOptions).Assembly }
        .SelectMany(assembly => assembly.GetTypes())
        .Select(type => (Type: type, Section: type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string))
        .Where(options => options.Section is not null)
        .ToDictionary(options => options.Section!, options => options.Type);

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Every_setting_is_one_of_the_program(string path)
    {
        var overlay = Overlay.Of(path);
        Assert.All(overlay.Pods.Values.Select(overlay.SettingsOf), settings =>
        {
            var configuration = Configuration(settings);
            Assert.All(configuration.GetChildren(), section =>
            {
                Assert.True(Sections.TryGetValue(section.Key, out var type), $"No program has settings of {section.Key}.");
                var options = Activator.CreateInstance(type)!;
                section.Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
            });
        });
        Assert.All(overlay.All<V1ConfigMap>().Where(map => map.Data.Keys.Any(key => key.Contains("__", StringComparison.Ordinal))), map =>
            Assert.Contains(overlay.Pods.Values, pod => pod.Spec.Containers[0].EnvFrom?.Any(source => source.ConfigMapRef.Name == map.Name()) == true));
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Settings_of_the_pool_are_valid(string path)
    {
        var overlay = Overlay.Of(path);
        var options = new PoolOptions();
        Configuration(overlay.SettingsOf(overlay.Pods["workerpool-supervisor"])).GetSection(PoolOptions.Section).Bind(options);
        var result = new PoolOptionsValidator().Validate(null, options);
        Assert.True(result.Succeeded, result.FailureMessage);
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Pods_have_the_ports_that_their_settings_say(string path)
    {
        var overlay = Overlay.Of(path);
        Dictionary<string, string> names = new() { ["Listen__Grpc"] = "grpc", ["Listen__Http"] = "http", ["Listen__Health"] = "health", ["Keeper__Listen"] = "keeper", ["Keeper__Health"] = "health" };
        Assert.All(overlay.Pods.Values.Where(pod => pod.Spec.Containers[0].EnvFrom is not null), pod =>
        {
            var listens = overlay.SettingsOf(pod).Where(setting => names.ContainsKey(setting.Key)).Select(setting => (names[setting.Key], new Uri(setting.Value))).ToList();
            Assert.All(listens, place => Assert.Equal("0.0.0.0", place.Item2.Host));
            Assert.Equal(
                listens.Select(place => $"{place.Item1} {place.Item2.Port}").Order(),
                pod.Spec.Containers[0].Ports.Select(port => $"{port.Name} {port.ContainerPort}").Order());
        });
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Keepers_are_looked_for_where_they_are(string path)
    {
        var overlay = Overlay.Of(path);
        var settings = overlay.SettingsOf(overlay.Pods["workerpool-supervisor"]);
        var name = settings.GetValueOrDefault("Pool__Keepers__Dns", "").Split(':');
        var asked = settings.GetValueOrDefault("Pool__Keepers__Service", "");
        if (name[0].Length + asked.Length == 0)
        {
            Assert.DoesNotContain(overlay.All<V1Deployment>(), deployment => deployment.Name() == "workerpool-workers");
            return;
        }

        var service = overlay.One<V1Service>(asked.Length > 0 ? asked : name[0]).Spec;
        var port = Assert.Single(service.Ports);
        if (asked.Length > 0)
        {
            Assert.Equal(new Supervisor.Configuration.KeeperOptions().ServicePort, port.Name);
        }
        else
        {
            Assert.Equal(name[1], $"{port.Port}");
        }

        Assert.Equal("None", service.ClusterIP);

        // A keeper that leaves stays held though it is not found any more.
        Assert.False(service.PublishNotReadyAddresses);
        Assert.Equal(["workerpool-workers"], SelectorTests.Selected(overlay, service.Selector));
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Files_that_settings_name_are_of_mounted_volumes(string path)
    {
        var overlay = Overlay.Of(path);
        Assert.All(overlay.Pods.Values, pod =>
        {
            var mounts = pod.Spec.Containers[0].VolumeMounts.Select(mount => mount.MountPath).ToList();
            Assert.All(
                overlay.SettingsOf(pod).Values.Where(value => value.StartsWith('/')),
                file => Assert.Contains(Path.GetDirectoryName(file), mounts));
        });
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Only_the_quickstart_is_insecure_and_says_so(string path)
    {
        var overlay = Overlay.Of(path);
        var isQuick = path == "k8s/overlays/quickstart";
        Assert.All(overlay.Pods.Values.Select(overlay.SettingsOf).Where(settings => settings.Count > 0), settings =>
        {
            var isInsecure = settings.Any(setting => setting.Key.EndsWith("__Insecure", StringComparison.Ordinal) && setting.Value == "true");
            Assert.Equal(isQuick, isInsecure);
            Assert.Equal(isQuick, settings.Any(setting => setting.Value.StartsWith("http://", StringComparison.Ordinal) && !setting.Key.EndsWith("__Health", StringComparison.Ordinal)));
        });
        Assert.Equal(isQuick, Repository.Read($"{path}/kustomization.yaml").Contains("INSECURE", StringComparison.Ordinal));
    }

    private static IConfigurationRoot Configuration(IReadOnlyDictionary<string, string> settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)))
        .Build();
}
