using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Api.Http.OpenApi;
using WorkerPool.Supervisor.Security;
using WorkerPool.V1;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace WorkerPool.Supervisor.Api.Http;

/// <summary>
/// The public API as HTTP with JSON: the same services behind the same table of roles, by JSON transcoding. Streams are a JSON
/// text a line. Errors are a google.rpc.Status in JSON; one that comes after results is the last line.
/// </summary>
internal static class HttpApi
{
    private const string Root = "/v1";
    private const string DocumentPath = "/openapi.json";

    // What the transcoding logs is what callers did wrong, as errors: that is for them, and the answer says it.
    private const string TranscodingCategory = "Grpc.AspNetCore.Grpc.JsonTranscoding";

    /// <summary>The services that it serves.</summary>
    public static IReadOnlyList<ServiceDescriptor> Services { get; } = [PoolService.Descriptor, JobService.Descriptor, AdminService.Descriptor];

    /// <summary>The RPCs that it serves.</summary>
    public static IReadOnlyList<HttpBinding> Bindings { get; } =
        [.. Services.SelectMany(service => service.Methods).Select(HttpBinding.Of).OfType<HttpBinding>()];

    /// <summary>Adds what it needs.</summary>
    /// <param name="grpc">The services of gRPC.</param>
    /// <param name="logging">The logs.</param>
    /// <param name="maxRequestBytes">The largest body of a request.</param>
    public static void AddServices(IGrpcServerBuilder grpc, ILoggingBuilder logging, int maxRequestBytes)
    {
        grpc.AddJsonTranscoding(options =>
        {
            // As JSON printers of protobuf do by themselves.
            options.JsonSettings.IgnoreDefaultValues = true;
            options.JsonSettings.WriteInt64sAsStrings = true;
            options.TypeRegistry = TypeRegistry.FromFiles(ErrorDetailsReflection.Descriptor);
        });
        logging.AddFilter(TranscodingCategory, LogLevel.None);
        grpc.Services.AddSingleton(new RequestLimit(maxRequestBytes));
    }

    /// <summary>Keeps it from requests that came over another port. To be called after routing.</summary>
    /// <param name="app">The application.</param>
    /// <param name="isOurs">Whether a request came over the port for HTTP.</param>
    public static void KeepFromOthers(IApplicationBuilder app, Func<HttpContext, bool> isOurs) => app.Use((context, next) =>
    {
        if (TranscodedCall.MethodOf(context) is not null && !isOurs(context))
        {
            context.SetEndpoint(null);
        }

        return next(context);
    });

    /// <summary>Serves it.</summary>
    /// <param name="http">The port for HTTP, after routing and <see cref="HttpGuard"/>.</param>
    /// <param name="isServed">Whether it is to be; else requests for it are told why not.</param>
    public static void Use(IApplicationBuilder http, bool isServed)
    {
        if (!isServed)
        {
            http.MapWhen(IsAsked, none => none.Run(AnswerNotServedAsync));
            return;
        }

        http.MapWhen(context => context.Request.Path == DocumentPath, document => document.Run(ApiDocument.ServeAsync));
        http.MapWhen(context => TranscodedCall.MethodOf(context) is not null, api =>
        {
            api.UseMiddleware<CallerGate>();
            api.UseMiddleware<RequestCheck>();
            api.Run(context => context.GetEndpoint()!.RequestDelegate!(context));
        });
        http.MapWhen(IsAsked, none => none.Run(AnswerNothingHereAsync));
    }

    private static bool IsAsked(HttpContext context) =>
        context.Request.Path.StartsWithSegments(Root, StringComparison.Ordinal) || context.Request.Path == DocumentPath;

    private static Task AnswerNotServedAsync(HttpContext context) => RefusedCall.AnswerInJsonAsync(
        context,
        RpcErrors.Create(
            StatusCode.Unimplemented,
            ErrorReasons.UnknownPath,
            "The pool listens on a Unix socket for users of its own, and every user of the machine reaches this port: it serves /metrics alone. "
                + $"Name callers ({SecurityOptions.Section}:Callers) to have the API here too."),
        StatusCodes.Status404NotFound);

    private static Task AnswerNothingHereAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        string[] verbs = [.. Bindings.Where(binding => binding.IsAt(path)).Select(binding => binding.Verb)];
        if (verbs.Length > 0)
        {
            context.Response.Headers.Allow = string.Join(", ", verbs);
        }

        return RefusedCall.AnswerInJsonAsync(
            context,
            RpcErrors.Create(
                StatusCode.Unimplemented,
                ErrorReasons.UnknownPath,
                verbs.Length > 0
                    ? $"{path} is served for {string.Join(" and ", verbs)}, not for {context.Request.Method}."
                    : $"There is nothing at {path}. GET {DocumentPath} lists what there is."),
            verbs.Length > 0 ? StatusCodes.Status405MethodNotAllowed : StatusCodes.Status404NotFound);
    }
}
