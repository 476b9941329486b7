using WorkerPool.Docs.Tests.Pages;
using WorkerPool.Supervisor.Api.Http;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Docs.Tests.Tables;

/// <summary>docs/http.md lists every call, with its RPC and role.</summary>
public sealed class CallsTable
{
    [Fact]
    public void Every_call_has_a_row() => Assert.Equal(
        HttpApi.Bindings.Select(binding => (
                $"{binding.Verb} {binding.Path}", binding.Method.Name, RpcRules.Of(TranscodedCall.PathOf(binding.Method)).Role!.Value.ToString().ToLowerInvariant()))
            .Order(),
        Page.Read("docs/http.md").Table("Calls").Select(row => (Cells.Code(row[0]), Cells.Code(row[1]), row[2])).Order());
}
