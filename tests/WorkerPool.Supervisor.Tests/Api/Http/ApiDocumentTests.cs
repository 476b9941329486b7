using Microsoft.OpenApi;
using WorkerPool.Supervisor.Api.Http;
using WorkerPool.Supervisor.Api.Http.OpenApi;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Tests.Api.Http;

public sealed class ApiDocumentTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(OpenApiSpecVersion.OpenApi3_0)]
    [InlineData(OpenApiSpecVersion.OpenApi3_1)]
    public async Task It_is_read_without_an_error_or_a_warning(OpenApiSpecVersion version)
    {
        var text = await ApiDocument.Create().SerializeAsJsonAsync(version, Cancellation);
        var read = OpenApiDocument.Parse(text, "json");
        Assert.Empty(read.Diagnostic!.Errors.Select(error => error.ToString()));
        Assert.Empty(read.Diagnostic.Warnings.Select(warning => warning.ToString()));
        Assert.Equal(HttpApi.Bindings.Count, read.Document!.Paths.Sum(path => path.Value.Operations!.Count));
    }

    [Fact]
    public void Every_rpc_is_called_over_http_but_the_one_that_streams_both_ways() => Assert.Equal(
        ["workerpool.v1.PoolService.MapStream"],
        HttpApi.Services.SelectMany(service => service.Methods).Where(method => HttpBinding.Of(method) is null).Select(method => method.FullName));

    [Fact]
    public void All_that_people_read_is_there()
    {
        var document = ApiDocument.Create();
        foreach (var (path, item) in document.Paths)
        {
            foreach (var operation in item.Operations!.Values)
            {
                Assert.True(operation.Description?.Contains("Takes the role ", StringComparison.Ordinal), path);
                Assert.All(operation.Parameters!, parameter => Assert.False(string.IsNullOrEmpty(parameter.Description), $"{path}: {parameter.Name}"));
                Assert.Contains("default", operation.Responses!.Keys);
            }
        }

        foreach (var (name, schema) in document.Components!.Schemas!.Where(schema => schema.Key != "Status"))
        {
            Assert.False(string.IsNullOrEmpty(schema.Description), name);
            Assert.All(schema.Properties ?? new Dictionary<string, IOpenApiSchema>(), property =>
                Assert.False(string.IsNullOrEmpty(property.Value.Description), $"{name}.{property.Key}"));
        }
    }

    [Fact]
    public void Messages_are_as_the_json_form_of_protobuf_has_them()
    {
        var schemas = ApiDocument.Create().Components!.Schemas!;
        var request = schemas["MapRequest"].Properties!;
        Assert.Equal(["function", "items", "jsonItems", "options", "shared"], request.Keys);
        Assert.Equal(JsonSchemaType.Array, request["items"].Type);
        Assert.NotNull(request["shared"].AdditionalProperties);
        var status = schemas["JobStatus"].Properties!;
        Assert.Equal((JsonSchemaType.String, "uint64"), (status["itemCount"].Type, status["itemCount"].Format));
        Assert.Equal("date-time", status["started"].Format);
        Assert.Equal(Enum.GetNames<JobState>().Length, schemas["JobState"].Enum!.Count);
    }

    [Theory]
    [InlineData("/v1/jobs/{id}:cancel", "/v1/jobs/job-1:cancel", true)]
    [InlineData("/v1/jobs/{id}", "/v1/jobs/job-1", true)]
    [InlineData("/v1/jobs/{id}", "/v1/jobs/job-1/items", false)]
    [InlineData("/v1/jobs", "/v1/jobsx", false)]
    public void A_path_is_one_of_its_binding(string binding, string path, bool isAt) =>
        Assert.Equal(isAt, HttpApi.Bindings.First(each => each.Path == binding).IsAt(path));
}
