namespace WorkerPool.Processes.Programs;

/// <summary>Finds programs as the system does: by path, or by name in the directories of <c>PATH</c>.</summary>
internal static class ProgramFinder
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Finds a program.</summary>
    /// <param name="program">Its name, or its path; a relative one begins at the directory.</param>
    /// <param name="directory">The directory it is to run in.</param>
    /// <param name="path">Its absolute path; empty if there is none.</param>
    /// <param name="problem">Why there is none; empty if there is one.</param>
    public static bool TryFind(string program, string directory, out string path, out string problem)
    {
        var searched = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        var isPath = program.Contains('/');
        string[] candidates = isPath
            ? [Path.GetFullPath(program, directory)]
            : [.. searched.Select(each => Path.Combine(Path.GetFullPath(each, directory), program))];
        path = Array.Find(candidates, IsExecutable) ?? "";
        if (path.Length > 0)
        {
            problem = "";
            return true;
        }

        problem = Array.Find(candidates, File.Exists) is { } file ? $"{file} is not executable (chmod +x makes it so)."
            : isPath ? $"there is no program at {candidates[0]}."
            : $"there is no program \"{program}\" in the directories of PATH.{Hint(program, searched)}";
        return false;
    }

    private static bool IsExecutable(string path) =>
        !OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & Executable) != 0;

    /// <summary>The name that was meant if two letters were swapped, or one was changed, left out or too many.</summary>
    private static string Hint(string program, IEnumerable<string> directories)
    {
        var near = directories
            .Where(Directory.Exists)
            .SelectMany(Names)
            .Where(name => IsNear(program, name))
            .OrderByDescending(name => name.AsSpan().CommonPrefixLength(program))
            .ThenBy(name => name, StringComparer.Ordinal)
            .FirstOrDefault();
        return near is null ? "" : $" Did you mean \"{near}\"?";
    }

    private static IEnumerable<string> Names(string directory)
    {
        try
        {
            return [.. Directory.EnumerateFiles(directory).Where(IsExecutable).Select(path => Path.GetFileName(path))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsNear(string a, string b)
    {
        // Short names are all near one another.
        if (a.Length < 3 || Math.Abs(a.Length - b.Length) > 1)
        {
            return false;
        }

        var start = a.AsSpan().CommonPrefixLength(b);
        var (restA, restB) = (a[start..], b[start..]);
        return restA.Length == restB.Length
            ? (restA.Length > 0 && restA[1..] == restB[1..])
                || (restA.Length > 1 && restA[0] == restB[1] && restA[1] == restB[0] && restA[2..] == restB[2..])
            : restA.Length > restB.Length ? restA[1..] == restB : restA == restB[1..];
    }
}
