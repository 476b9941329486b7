using Grpc.Core;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Supervisor.Api.Local;

/// <summary>What a service is told of a call that came by no wire.</summary>
internal sealed class LocalCallContext : ServerCallContext
{
    // Where the library looks for the request of a call that it did not make itself.
    private const string HttpContextKey = "__HttpContext";

    private readonly string _path;
    private readonly string _peer;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<object, object> _userState;

    /// <summary>A call.</summary>
    /// <param name="path">Path of its method.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="peer">Where the caller is.</param>
    /// <param name="headers">What came with the call.</param>
    /// <param name="cancellation">The caller has left.</param>
    public LocalCallContext(string path, Caller caller, string peer, Metadata headers, CancellationToken cancellation)
    {
        _path = path;
        _peer = peer;
        RequestHeadersCore = headers;
        _cancellation = cancellation;
        var http = new DefaultHttpContext();
        http.Features.Set(caller);
        _userState = new Dictionary<object, object> { [HttpContextKey] = http };
    }

    /// <inheritdoc/>
    protected override string MethodCore => _path;

    /// <inheritdoc/>
    protected override string HostCore => "";

    /// <inheritdoc/>
    protected override string PeerCore => _peer;

    /// <inheritdoc/>
    protected override DateTime DeadlineCore => DateTime.MaxValue;

    /// <inheritdoc/>
    protected override Metadata RequestHeadersCore { get; }

    /// <inheritdoc/>
    protected override CancellationToken CancellationTokenCore => _cancellation;

    /// <inheritdoc/>
    protected override Metadata ResponseTrailersCore { get; } = [];

    /// <inheritdoc/>
    protected override Status StatusCore { get; set; }

    /// <inheritdoc/>
    protected override WriteOptions? WriteOptionsCore { get; set; }

    /// <inheritdoc/>
    protected override AuthContext AuthContextCore { get; } = new(null, []);

    /// <inheritdoc/>
    protected override IDictionary<object, object> UserStateCore => _userState;

    /// <inheritdoc/>
    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;
}
