namespace WorkerPool.Processes;

/// <summary>What pools that ended with violence left behind: their directories, and processes that still know them.</summary>
/// <remarks>
/// A pool holds a lock on a file in its directory as long as it lives; the system lets go of it at the pool's end, however
/// it came. A directory without that file is none of ours, whatever its name. Whatever workers and their children run has
/// the directory in its environment.
/// </remarks>
internal static class AbandonedDirectories
{
    /// <summary>Removes those of this user.</summary>
    /// <param name="parent">Where pools make their directories.</param>
    /// <param name="prefix">What their names begin with.</param>
    /// <param name="lockName">Name of the file that a living pool has locked.</param>
    public static void Remove(string parent, string prefix, string lockName)
    {
        foreach (var directory in Directory.GetDirectories(parent, prefix + "*"))
        {
            try
            {
                if (IsAbandoned(Path.Combine(directory, lockName)))
                {
                    MarkedProcesses.Kill(directory + "/");
                    Directory.Delete(directory, recursive: true);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Another user's, or somebody else is removing it.
            }
        }
    }

    private static bool IsAbandoned(string lockPath)
    {
        if (!File.Exists(lockPath))
        {
            return false;
        }

        try
        {
            using var free = new FileStream(lockPath, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
