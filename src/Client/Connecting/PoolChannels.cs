using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using WorkerPool.Client.Connecting.Security;
using WorkerPool.Protocol.Sockets;

namespace WorkerPool.Client.Connecting;

/// <summary>
/// The connections to a pool: one for the streams of maps, one for short calls, so that a map with its megabytes in
/// flight never delays an apply.
/// </summary>
internal sealed class PoolChannels : IDisposable
{
    // Results of one stream that may be under way before the reader has read any.
    private const int StreamWindowBytes = 4 * 1024 * 1024;

    private readonly GrpcChannel? _maps;
    private readonly GrpcChannel? _calls;

    /// <summary>Those to an address.</summary>
    /// <param name="endpoint">The address.</param>
    /// <param name="options">How to connect.</param>
    /// <exception cref="ArgumentException">The token would travel in the clear.</exception>
    public PoolChannels(PoolEndpoint endpoint, PoolOptions options)
        : this(Open(endpoint, options, out var token), Open(endpoint, options), token)
    {
    }

    /// <summary>Those to a pool in this process, which are none.</summary>
    /// <param name="calls">Makes calls of its API.</param>
    public PoolChannels(CallInvoker calls)
        : this(calls, calls)
    {
    }

    private PoolChannels(GrpcChannel maps, GrpcChannel calls, TokenSource? token)
        : this(WithToken(maps, token), WithToken(calls, token)) => (_maps, _calls) = (maps, calls);

    private PoolChannels(CallInvoker maps, CallInvoker calls)
    {
        Maps = new V1.PoolService.PoolServiceClient(maps);
        Calls = new V1.PoolService.PoolServiceClient(calls);
        Admin = new V1.AdminService.AdminServiceClient(calls);
        Jobs = new V1.JobService.JobServiceClient(calls);
    }

    /// <summary>For <c>MapStream</c>.</summary>
    public V1.PoolService.PoolServiceClient Maps { get; }

    /// <summary>For everything else of the pool's users.</summary>
    public V1.PoolService.PoolServiceClient Calls { get; }

    /// <summary>For the pool's operators.</summary>
    public V1.AdminService.AdminServiceClient Admin { get; }

    /// <summary>For the jobs, seen by their operators.</summary>
    public V1.JobService.JobServiceClient Jobs { get; }

    public void Dispose()
    {
        _maps?.Dispose();
        _calls?.Dispose();
    }

    private static GrpcChannel Open(PoolEndpoint endpoint, PoolOptions options, out TokenSource? token)
    {
        token = TokenSource.From(options);
        return token is not null && endpoint.IsClear && !options.AllowTokenInClear
            ? throw new ArgumentException(
                $"The token would travel to {endpoint.Address} where others can read it. Use an https address, or say that it may (AllowTokenInClear).")
            : Open(endpoint, options);
    }

    private static GrpcChannel Open(PoolEndpoint endpoint, PoolOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            InitialHttp2StreamWindowSize = StreamWindowBytes,
            KeepAlivePingDelay = options.SilenceLimit / 2,
            KeepAlivePingTimeout = options.SilenceLimit / 2,
            ConnectTimeout = options.ConnectTimeout,
            UseProxy = false,

            // A channel that connects by itself has a backoff of its own, up to two minutes, beside that of ReconnectPolicy.
            ConnectCallback = endpoint.SocketPath is { } path
                ? (_, cancellationToken) => AnswerSocket.ConnectAsync(path, cancellationToken)
                : endpoint.Ip is { } ip ? (context, cancellationToken) => ConnectAsync(new IPEndPoint(ip, context.DnsEndPoint.Port), cancellationToken)
                : (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, cancellationToken),
        };
        if (endpoint.ChannelAddress.Scheme == Uri.UriSchemeHttps)
        {
            handler.SslOptions = ClientTls.From(endpoint, options);
        }

        return GrpcChannel.ForAddress(endpoint.ChannelAddress, new GrpcChannelOptions
        {
            HttpHandler = handler,
            DisposeHttpClient = true,
            MaxReceiveMessageSize = null,
            MaxSendMessageSize = null,
        });
    }

    private static CallInvoker WithToken(GrpcChannel channel, TokenSource? token) => token is null
        ? channel.CreateCallInvoker()
        : channel.Intercept(headers =>
        {
            headers.Add("authorization", $"Bearer {token.Current}");
            return headers;
        });

    private static async ValueTask<Stream> ConnectAsync(EndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
