using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using WorkerPool.Protocol.Errors;

namespace WorkerPool.Supervisor.Api.Http;

/// <summary>The query of a request as the JSON of its message: what it means, in a form that can be checked.</summary>
internal static class QueryJson
{
    /// <summary>The JSON text of a query.</summary>
    /// <param name="binding">What is called.</param>
    /// <param name="query">The query.</param>
    /// <exception cref="Grpc.Core.RpcException">It has a parameter that the call does not have, or one twice.</exception>
    public static ReadOnlyMemory<byte> Of(HttpBinding binding, IQueryCollection query)
    {
        var json = new JsonObject();
        foreach (var (name, values) in query)
        {
            var field = binding.QueryFields.FirstOrDefault(field => field.JsonName == name || field.Name == name)
                ?? throw RpcErrors.Invalid(name, $"{binding.Method.Name} has no parameter \"{name}\"; expected {Names(binding.QueryFields)}.");
            if (values.Count != 1 || json.ContainsKey(field.JsonName))
            {
                throw RpcErrors.Invalid(name, $"\"{name}\" is given more than once; expected once.");
            }

            json[field.JsonName] = field.FieldType == FieldType.Bool && bool.TryParse(values[0], out var flag)
                ? JsonValue.Create(flag)
                : JsonValue.Create(values[0] ?? "");
        }

        return System.Text.Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    private static string Names(IReadOnlyList<FieldDescriptor> fields) =>
        fields.Count == 0 ? "none in the query" : string.Join(", ", fields.Select(field => field.JsonName));
}
