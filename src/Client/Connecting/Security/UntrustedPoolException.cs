using System.Security.Authentication;

namespace WorkerPool.Client.Connecting.Security;

/// <summary>The certificate of a pool does not hold.</summary>
/// <param name="message">What is wrong with it, for a person.</param>
internal sealed class UntrustedPoolException(string message) : AuthenticationException(message);
