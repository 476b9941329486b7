using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Supervisor.Api.Http;

/// <summary>
/// Stands before a call in JSON and reads its request strictly: the transcoding behind it drops fields that it does not know,
/// and says of other mistakes no more than that there are some. The body is read whole, which it would be anyway.
/// </summary>
/// <param name="next">Serves the call.</param>
/// <param name="limit">How large a body may be.</param>
internal sealed class RequestCheck(RequestDelegate next, RequestLimit limit)
{
    private const string Lines = "application/x-ndjson; charset=utf-8";

    // Nesting is limited by the reader of the text before.
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithRecursionLimit(1000));

    /// <summary>Lets a call through, or answers what is wrong with it.</summary>
    /// <param name="context">The call.</param>
    public async Task InvokeAsync(HttpContext context)
    {
        var binding = HttpBinding.Of(TranscodedCall.MethodOf(context)!)!;
        try
        {
            Check(QueryJson.Of(binding, context.Request.Query), binding.Method.InputType, "query");
            if (binding.HasBody)
            {
                await ReadBodyAsync(context, binding.Method.InputType);
            }
        }
        catch (RpcException error)
        {
            await RefusedCall.AnswerAsync(context, error);
            return;
        }

        if (binding.Method.IsServerStreaming)
        {
            context.Response.OnStarting(() =>
            {
                if (context.Response.StatusCode == StatusCodes.Status200OK)
                {
                    context.Response.ContentType = Lines;
                }

                return Task.CompletedTask;
            });
        }

        await next(context);
    }

    private async Task ReadBodyAsync(HttpContext context, MessageDescriptor type)
    {
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = limit.Bytes;
        var body = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw RpcErrors.Create(
                StatusCode.ResourceExhausted, ErrorReasons.RequestTooLarge,
                $"The body is larger than {limit.Bytes} bytes. Send the items in several calls, or through an SDK as a stream.");
        }

        if (body.Length == 0)
        {
            body.Write("{}"u8);
            context.Request.ContentType = "application/json";
        }
        else if (!context.Request.HasJsonContentType())
        {
            throw RpcErrors.Create(
                StatusCode.InvalidArgument, ErrorReasons.InvalidArgument,
                $"The content type is \"{context.Request.ContentType}\"; expected application/json: curl --json sends it, or -H 'content-type: application/json'.");
        }

        Check(body.GetBuffer().AsMemory(0, (int)body.Length), type, "body");
        body.Position = 0;
        context.Request.Body = body;
    }

    private static void Check(ReadOnlyMemory<byte> json, MessageDescriptor type, string part)
    {
        try
        {
            var reader = new Utf8JsonReader(json.Span);
            while (reader.Read())
            {
            }

            using var text = new StreamReader(new MemoryStream(json.ToArray(), writable: false));
            _ = Parser.Parse(text, type);
        }
        catch (JsonException error)
        {
            throw Invalid($"The {part} is not JSON: {JsonProblem.Describe(error)}");
        }
        catch (Exception error) when (error is IOException or FormatException or OverflowException)
        {
            throw Invalid($"The {part} is no {type.Name}: {error.Message.TrimEnd('.')}.");
        }
    }

    private static RpcException Invalid(string message) => RpcErrors.Create(StatusCode.InvalidArgument, ErrorReasons.InvalidArgument, message);
}
