using WorkerPool.Processes.Programs;

namespace WorkerPool.WorkerHost.Tests.Programs;

public sealed class ProgramDeclarationTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("wp-programs-");

    public static TheoryData<ProgramOptions, string, string> Faults { get; } = new()
    {
        { new() { Command = "" }, "Command", "there is no program. Give one" },
        { null!, "Command", "there is no program. Give one" },
        { new() { Command = null!, Directory = null!, Summary = null!, Environment = null! }, "Command", "there is no program. Give one" },
        { new() { Command = [] }, "Command", "there is no program. Give one" },
        { new() { Command = ["", "a"] }, "Command", "there is no program. Give one" },
        { new() { Command = "cat 'a" }, "Command", "the quote ' at character 5 is never closed." },
        { new() { Command = "{} a" }, "Command", "the program itself cannot come from an item" },
        { new() { Command = "x{1} a" }, "Command", "the program itself cannot come from an item" },
        { new() { Command = ["cat", "a\0b"] }, "Command", "an argument has the character NUL" },
        { new() { Command = "no-such-program-anywhere" }, "Command", "there is no program \"no-such-program-anywhere\" in the directories of PATH." },
        { new() { Command = "ehco {}" }, "Command", "Did you mean \"echo\"?" },
        { new() { Command = "/nowhere/cat" }, "Command", "there is no program at /nowhere/cat." },
        { new() { Command = "/etc/passwd" }, "Command", "/etc/passwd is not executable" },
        { new() { Command = "./cat", Directory = "/usr" }, "Command", "there is no program at /usr/cat." },
        { new() { Command = "cat", Directory = "/nowhere" }, "Directory", "there is no directory /nowhere." },
        { new() { Command = "cat", Environment = { ["A=B"] = "1" } }, "Environment", "\"A=B\" cannot be the name of a variable." },
        { new() { Command = " ", Shell = true }, "Command", "a shell takes one line, not empty." },
        { new() { Command = ["echo", "a"], Shell = true }, "Command", "a shell takes one line" },
        { new() { Command = "echo {}", Shell = true }, "Command", "a shell has the item as \"$1\"" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void What_is_wrong_is_said(ProgramOptions options, string setting, string message)
    {
        Assert.Empty(ProgramDeclaration.Read([KeyValuePair.Create("p", options)], out var faults));
        var fault = Assert.Single(faults);
        Assert.Equal(("p", setting), (fault.Program, fault.Setting));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_is_told_at_once()
    {
        var first = new ProgramOptions { Command = "{}", Directory = "/nowhere" };
        var second = new ProgramOptions { Command = "cat" };
        var third = new ProgramOptions { Command = "" };
        var sound = ProgramDeclaration.Read([new(" a", first), new("b", second), new("c", third)], out var faults);
        Assert.Equal("b", Assert.Single(sound).Name);
        Assert.Equal([(" a", ""), (" a", "Directory"), (" a", "Command"), ("c", "Command")], faults.Select(fault => (fault.Program, fault.Setting)));
    }

    [Fact]
    public void A_program_is_found_on_the_path_or_from_its_directory_and_told_to_workers_as_it_is()
    {
        var script = Path.Combine(_directory.FullName, "mine");
        File.WriteAllText(script, "#!/bin/sh\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var programs = ProgramDeclaration.Read(
            [
                new("a", new() { Command = "cat -n {}", Output = ProgramOutput.Bytes }),
                new("b", new() { Command = "./mine", Directory = _directory.FullName, Summary = "Mine.", Environment = { ["A"] = "1" } }),
                new("c", new() { Command = "echo \"$1\" | wc", Shell = true, Input = ProgramInput.Stdin }),
            ],
            out var faults);
        Assert.Empty(faults);
        var path = Path.Combine(_directory.FullName, "programs.json");
        ProgramsFile.Write(path, programs);
        var told = ProgramsFile.Read(path);
        Assert.Equivalent(programs, told, strict: true);
        Assert.Equal(("cat", "Runs the program cat.", true), (Path.GetFileName(told[0].Path), told[0].Summary, told[0].HasPlaceholders));
        Assert.True(Path.IsPathRooted(told[0].Path));
        Assert.Equal((script, "Mine.", "1", false), (told[1].Path, told[1].Summary, told[1].Environment["A"], told[1].HasPlaceholders));
        Assert.Equal(["-c", "echo \"$1\" | wc", "sh"], told[2].Arguments);
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
