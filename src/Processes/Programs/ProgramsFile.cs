using System.Text.Json;

namespace WorkerPool.Processes.Programs;

/// <summary>The file in a pool's private directory that tells workers of the programs: not their command lines, which others can read.</summary>
public static class ProgramsFile
{
    /// <summary>Writes it.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="programs">The programs.</param>
    public static void Write(string path, IReadOnlyList<ProgramDeclaration> programs) =>
        File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(programs));

    /// <summary>Reads it.</summary>
    /// <param name="path">Its path.</param>
    public static IReadOnlyList<ProgramDeclaration> Read(string path) =>
        JsonSerializer.Deserialize<IReadOnlyList<ProgramDeclaration>>(File.ReadAllBytes(path)) ?? [];
}
