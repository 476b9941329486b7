namespace WorkerPool.TestSupport;

/// <summary>The sockets that a process has open.</summary>
public static class ProcessSockets
{
    /// <summary>Counts those that none of its epolls watches, so that nothing that happens to them wakes anybody.</summary>
    /// <param name="processId">The process.</param>
    public static int CountUnwatched(int processId)
    {
        var sockets = new HashSet<string>(StringComparer.Ordinal);
        var watched = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in new DirectoryInfo($"/proc/{processId}/fd").EnumerateFileSystemInfos())
        {
            if (file.LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true)
            {
                sockets.Add(file.Name);
            }
            else if (file.LinkTarget?.Contains("eventpoll", StringComparison.Ordinal) == true)
            {
                watched.UnionWith(File.ReadLines($"/proc/{processId}/fdinfo/{file.Name}")
                    .Where(static line => line.StartsWith("tfd:", StringComparison.Ordinal))
                    .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]));
            }
        }

        return sockets.Except(watched).Count();
    }
}
