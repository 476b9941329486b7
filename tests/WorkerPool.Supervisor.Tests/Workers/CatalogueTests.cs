using WorkerPool.Supervisor.Workers;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Tests.Workers;

public sealed class CatalogueTests
{
    private readonly Catalogue _catalogue = new(
        new[] { "square", "cube", "sleep", "random_sleep", "count_primes", "Square" }.Select(name => new Function { Name = name }));

    [Fact]
    public void Functions_are_listed_by_name() =>
        Assert.Equal(
            ["Square", "count_primes", "cube", "random_sleep", "sleep", "square"], _catalogue.Functions.Select(function => function.Name));

    [Fact]
    public void A_function_is_found_by_its_exact_name_alone()
    {
        Assert.Equal("cube", _catalogue.Find("cube")?.Name);
        Assert.Null(_catalogue.Find("Cube"));
    }

    [Theory]
    [InlineData("sqaure", "Square", "square")] // swapped letters, in either case
    [InlineData("SQUARE", "Square", "square")]
    [InlineData("cub", "cube")] // one missing
    [InlineData("cubes", "cube")] // one too many
    [InlineData("slep", "sleep")]
    [InlineData("primes", "count_primes")] // a part of the name
    [InlineData("sleep_", "sleep")]
    [InlineData("ab")]
    [InlineData("nothing_like_that")]
    public void Names_someone_may_have_meant_are_near(string asked, params string[] expected) =>
        Assert.Equal(expected, _catalogue.Near(asked));

    [Fact]
    public void At_most_three_names_are_near()
    {
        var catalogue = new Catalogue(Enumerable.Range(1, 9).Select(i => new Function { Name = $"f{i}" }));
        Assert.Equal(["f1", "f2", "f3"], catalogue.Near("f0"));
    }
}
