using Google.Protobuf.Reflection;
using Google.Rpc;
using Microsoft.OpenApi;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Supervisor.Api.Http.OpenApi;

/// <summary>The OpenAPI document of the API, made of its descriptors: paths, messages, comments, and the roles that calls take.</summary>
internal static class ApiDocument
{
    private const string Json = "application/json";
    private const string Lines = "application/x-ndjson";
    private const string Bearer = "bearer";
    private const string ErrorResponse = "Error";
    private static readonly Lazy<Task<byte[]>> Text = new(WriteAsync);

    /// <summary>Serves it.</summary>
    /// <param name="context">The request.</param>
    public static async Task ServeAsync(HttpContext context)
    {
        context.Response.ContentType = Json;
        await context.Response.Body.WriteAsync(await Text.Value, context.RequestAborted);
    }

    /// <summary>Makes it.</summary>
    public static OpenApiDocument Create()
    {
        var services = PublicApi.Services(HttpApi.Services.Select(service => service.FullName));
        var document = new OpenApiDocument
        {
            Info = new OpenApiInfo
            {
                Title = "WorkerPool",
                Version = PoolStatuses.Version,
                Description = "Python's multiprocessing.Pool as a service. The same API as over gRPC; int64 and uint64 are strings, as in the JSON form of protobuf.",
            },
            Paths = [],
            Components = new OpenApiComponents
            {
                SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    [Bearer] = new OpenApiSecurityScheme
                    {
                        Type = SecuritySchemeType.Http,
                        Scheme = Bearer,
                        Description = "A caller's token. Not asked for where a pool knows no callers.",
                    },
                },
            },
            Tags = new HashSet<OpenApiTag>(services.Select(service => new OpenApiTag { Name = service.Name, Description = PublicApi.CommentOf(service) })),
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
        var schemas = new MessageSchemas(document);
        document.Components.Responses = new Dictionary<string, IOpenApiResponse>
        {
            [ErrorResponse] = new OpenApiResponse
            {
                Description = "What went wrong: details hold a google.rpc.ErrorInfo, whose reason is a word for programs.",
                Content = Content(Json, schemas.Of(Status.Descriptor)),
            },
        };
        foreach (var binding in services.SelectMany(service => service.Methods).Select(HttpBinding.Of).OfType<HttpBinding>())
        {
            if (!document.Paths.TryGetValue(binding.Path, out var path))
            {
                document.Paths.Add(binding.Path, path = new OpenApiPathItem { Operations = [] });
            }

            path.Operations!.Add(new HttpMethod(binding.Verb), OperationOf(binding, schemas, document));
        }

        return document;
    }

    private static OpenApiOperation OperationOf(HttpBinding binding, MessageSchemas schemas, OpenApiDocument document)
    {
        var method = binding.Method;
        var role = RpcRules.Of(TranscodedCall.PathOf(method)).Role;
        List<string> description =
        [
            PublicApi.CommentOf(method),
            method.IsServerStreaming ? "A stream: one JSON object a line. If it breaks off, the last line is a Status." : "",
            role is null ? "" : $"Takes the role {role.ToString()!.ToLowerInvariant()}.",
        ];
        return new OpenApiOperation
        {
            OperationId = method.Name,
            Tags = new HashSet<OpenApiTagReference> { new(method.Service.Name, document) },
            Description = string.Join("\n\n", description.Where(text => text.Length > 0)),
            Parameters =
            [
                .. binding.PathFields.Select(field => Parameter(field, ParameterLocation.Path)),
                .. binding.QueryFields.Select(field => Parameter(field, ParameterLocation.Query)),
            ],
            RequestBody = binding.HasBody ? new OpenApiRequestBody { Content = Content(Json, schemas.Of(method.InputType)) } : null,
            Responses = new OpenApiResponses
            {
                ["200"] = new OpenApiResponse
                {
                    Description = PublicApi.CommentOf(method.OutputType),
                    Content = Content(method.IsServerStreaming ? Lines : Json, schemas.Of(method.OutputType)),
                },
                ["default"] = new OpenApiResponseReference(ErrorResponse, document),
            },
        };

        OpenApiParameter Parameter(FieldDescriptor field, ParameterLocation place) => new()
        {
            Name = field.JsonName,
            In = place,
            Required = place == ParameterLocation.Path,
            Description = PublicApi.CommentOf(field),
            Schema = schemas.Of(field),
        };
    }

    private static Dictionary<string, IOpenApiMediaType> Content(string type, IOpenApiSchema schema) => new() { [type] = new OpenApiMediaType { Schema = schema } };

    private static async Task<byte[]> WriteAsync()
    {
        using var stream = new MemoryStream();
        await Create().SerializeAsJsonAsync(stream, OpenApiSpecVersion.OpenApi3_1);
        return stream.ToArray();
    }
}
