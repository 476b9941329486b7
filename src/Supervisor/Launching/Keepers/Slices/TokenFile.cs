using System.Net.Http.Headers;
using k8s.Authentication;

namespace WorkerPool.Supervisor.Launching.Keepers.Slices;

/// <summary>A token in a file, which is read for each request: those of service accounts are replaced before they expire.</summary>
/// <param name="path">Path of the file.</param>
internal sealed class TokenFile(string path) : ITokenProvider
{
    /// <inheritdoc/>
    /// <exception cref="ApiServerAccessException">There is none.</exception>
    public Task<AuthenticationHeaderValue> GetAuthenticationHeaderAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new AuthenticationHeaderValue("Bearer", ServiceAccountFile.Read(path)));
}
