using WorkerPool.Processes;

namespace WorkerPool.WorkerHost.Tests.Hosting;

public sealed class ControlGroupTests
{
    [Theory]
    [InlineData("0::/", "", "of the whole machine, or in a container with a namespace of its own")]
    [InlineData("0::/user.slice/session-1.scope", "user.slice/session-1.scope", "in a group of the machine")]
    public void Version_2(string group, string below, string where)
    {
        using var directory = new TemporaryDirectory();
        Directory.CreateDirectory(Path.Join(directory.Path, below));
        File.WriteAllText(Path.Join(directory.Path, below, "memory.max"), "1073741824\n");
        File.WriteAllText(Path.Join(directory.Path, below, "memory.events"), "low 0\nmax 7\noom 2\noom_kill 3\noom_group_kill 0\n");

        var found = ControlGroup.Find($"{group}\n", $"22 1 8:1 / / rw - ext4 /dev/root rw\n{MountOfV2(directory.Path)}\n");

        Assert.True(found is { MemoryLimit: 1L << 30, OutOfMemoryKills: 3 }, where);
    }

    [Theory]
    [InlineData("/docker/01ab", "/docker/01ab", "", "in a container that has no namespace of its own")]
    [InlineData("/", "/", "", "in a container that has one")]
    [InlineData("/jobs/7", "/", "jobs/7", "in a group of the machine")]
    [InlineData("/jobs/7", "/elsewhere", "", "a part of the tree is mounted that it is not in")]
    public void Version_1(string path, string root, string below, string where)
    {
        using var directory = new TemporaryDirectory();
        Directory.CreateDirectory(Path.Join(directory.Path, below));
        File.WriteAllText(Path.Join(directory.Path, below, "memory.limit_in_bytes"), "536870912\n");
        File.WriteAllText(Path.Join(directory.Path, below, "memory.oom_control"), "oom_kill_disable 0\nunder_oom 0\noom_kill 5\n");
        var mounts = $"""
            32 31 0:29 {root} /sys/fs/cgroup/cpu ro,relatime - cgroup cgroup rw,cpu
            35 31 0:32 {root} {directory.Path} ro,relatime master:9 - cgroup cgroup rw,memory
            {MountOfV2("/sys/fs/cgroup/unified")}
            """;

        var found = ControlGroup.Find($"5:cpu:/\n4:memory:{path}\n0::/\n", mounts);

        Assert.True(found is { MemoryLimit: 512L << 20, OutOfMemoryKills: 5 }, where);
    }

    [Theory]
    [InlineData(true, "memory.limit_in_bytes", "9223372036854771712")]
    [InlineData(false, "memory.max", "max")]
    [InlineData(false, "no.such", "")]
    public void No_limit(bool isV1, string file, string text)
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(Path.Join(directory.Path, file), text);
        Assert.Null(new ControlGroup(directory.Path, isV1).MemoryLimit);
    }

    [Fact]
    public void Without_control_groups_there_is_no_limit() =>
        Assert.Equal((null, 0L), (ControlGroup.Find("", "").MemoryLimit, new ControlGroup("/nowhere").OutOfMemoryKills));

    private static string MountOfV2(string path) => $"41 31 0:38 / {path} rw,relatime shared:4 - cgroup2 cgroup2 rw,nsdelegate";
}
