using Microsoft.AspNetCore.Http;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Supervisor.Tests.Security;

public sealed class HttpGuardTests
{
    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("[::1]", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("pool.example", true)]
    [InlineData("evil.example", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("127.0.0.1.evil.example", false)]
    [InlineData("", false)]
    public void Names_that_others_can_make_lead_here_do_not_count(string name, bool leadsHere) =>
        Assert.Equal(leadsHere, HttpGuard.LeadsHere(name, ["pool.example"]));

    [Theory]
    [InlineData(null, true)]
    [InlineData("http://localhost:8080", true)]
    [InlineData("http://localhost:8081", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("null", false)]
    public void A_page_of_another_origin_gets_nothing(string? origin, bool isSame) =>
        Assert.Equal(isSame, HttpGuard.IsSameOrigin(origin, new HostString("localhost", 8080)));
}
