using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Supervisor.Tests.Security;

public sealed class ReloadedFilesTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("wp-files-");

    private string Path => System.IO.Path.Combine(_directory.FullName, "file");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void What_has_changed_is_read_again()
    {
        File.WriteAllText(Path, "one");
        using var files = Read();
        File.WriteAllText(Path, "two");
        files.Look(NullLogger.Instance);
        Assert.Equal("two", files.Current);
    }

    [Fact]
    public void A_link_that_leads_elsewhere_is_noticed()
    {
        foreach (var version in new[] { "v1", "v2" })
        {
            File.WriteAllText(System.IO.Path.Combine(_directory.CreateSubdirectory(version).FullName, "file"), version);
        }

        var data = System.IO.Path.Combine(_directory.FullName, "..data");
        Directory.CreateSymbolicLink(data, "v1");
        File.CreateSymbolicLink(Path, "..data/file");
        using var files = Read();
        Directory.CreateSymbolicLink(data + "_tmp", "v2");
        Directory.Delete(data);
        Directory.Move(data + "_tmp", data);
        files.Look(NullLogger.Instance);
        Assert.Equal("v2", files.Current);
    }

    [Fact]
    public void What_cannot_be_used_leaves_in_force_what_was_there_and_heals()
    {
        File.WriteAllText(Path, "one");
        using var files = Read();
        foreach (var bad in new[] { "bad", null })
        {
            if (bad is null)
            {
                File.Delete(Path);
            }
            else
            {
                File.WriteAllText(Path, bad);
            }

            files.Look(NullLogger.Instance);
            files.Look(NullLogger.Instance);
            Assert.Equal("one", files.Current);
        }

        File.WriteAllText(Path, "three");
        files.Look(NullLogger.Instance);
        Assert.Equal("three", files.Current);
    }

    [Fact]
    public void What_is_missing_or_bad_at_the_start_is_named()
    {
        Assert.Contains(Path, Assert.Throws<UnusableFileException>(Read).Message, StringComparison.Ordinal);
        File.WriteAllText(Path, "bad");
        Assert.Equal("it is bad", Assert.Throws<UnusableFileException>(Read).Message);
    }

    private ReloadedFiles<string> Read() => new([Path], contents =>
        Encoding.UTF8.GetString(contents[0]) is var text && text != "bad" ? text : throw new UnusableFileException("it is bad"));
}
