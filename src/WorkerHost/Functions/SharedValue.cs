using WorkerPool.V1;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>An argument that all items of a job have in common, as it came.</summary>
/// <param name="Name">Name of its parameter.</param>
/// <param name="Encoding">How its bytes are to be read.</param>
/// <param name="Content">Its bytes; whoever reads them may keep them.</param>
internal sealed record SharedValue(string Name, Encoding Encoding, byte[] Content);
