using WorkerPool.Client;

#pragma warning disable xUnit1051 // The shortest calls are tested as well.

namespace WorkerPool.Contract.Tests;

/// <summary>Methods that give nothing. That each of these calls compiles is part of what is tested: none is ambiguous.</summary>
public abstract class WithoutValueContract(PoolSource pools) : ContractTest(pools), IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("without-value-");

    private string[] Paths => [.. Enumerable.Range(0, 20).Select(number => Path.Combine(_directory.FullName, $"{number}"))];

    public void Dispose()
    {
        _directory.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_map_of_any_kind_of_them_is_over_when_all_items_are_done()
    {
        await IsWrittenBy(() => Pool.MapAsync(OwnMethods.Write, Paths));
        await IsWrittenBy(() => Pool.MapAsync(OwnMethods.WriteLater, Paths));
        await IsWrittenBy(() => Pool.MapAsync(OwnMethods.WriteUnlessCancelled, Paths, null, Cancellation));
        await IsWrittenBy(() => Pool.MapAsync(OwnMethods.WriteLaterUnlessCancelled, Paths));
        await IsWrittenBy(() => Pool.MapAsync(OwnMethods.WriteLater, Later(Paths)));
    }

    [Fact]
    public async Task Tuples_are_spread_over_their_parameters()
    {
        await Pool.StarmapAsync(OwnMethods.WriteTwice, [(Paths[0], 1), (Paths[1], 2)]);

        Assert.Equal([Paths[0] + "1", Paths[1] + "2"], Paths.Take(2).Select(File.ReadAllText));
    }

    [Fact]
    public async Task They_are_applied_to_none_one_or_several_arguments()
    {
        await Pool.ApplyAsync(OwnMethods.Rest);
        await Pool.ApplyAsync(OwnMethods.Write, Paths[0]);
        await Pool.ApplyAsync(OwnMethods.WriteLaterUnlessCancelled, Paths[1], null, Cancellation);
        await Pool.ApplyAsync(OwnMethods.WriteTwice, Paths[2], 3);

        Assert.Equal([Paths[0], Paths[1], Paths[2] + "3"], Paths.Take(3).Select(File.ReadAllText));
    }

    [Fact]
    public async Task Their_outcomes_have_no_value_or_an_error()
    {
        var outcomes = await CollectAsync(Pool.ImapOutcomesAsync(OwnMethods.Decline, [1, 2]));
        Assert.Equal(["FUNCTION_FAILED", "FUNCTION_FAILED"], outcomes.Select(outcome => outcome.Error!.Reason));

        outcomes = await CollectAsync(Pool.ImapUnorderedOutcomesAsync(OwnMethods.WriteLater, Paths));
        Assert.All(outcomes, outcome => Assert.True(outcome.Succeeded && outcome.Value is null));
        Assert.All(Paths, path => Assert.True(File.Exists(path)));
    }

    [Fact]
    public async Task What_one_throws_is_its_items_error()
    {
        var error = await Assert.ThrowsAsync<ItemFailedException>(() => Pool.MapAsync(OwnMethods.Decline, [7], null, Cancellation));

        Assert.Equal("FUNCTION_FAILED", error.Reason);
        Assert.Contains("7 is declined", error.Description, StringComparison.Ordinal);
    }

    private async Task IsWrittenBy(Func<Task> map)
    {
        await map();
        Assert.Equal(Paths, Paths.Select(File.ReadAllText));
        Array.ForEach(Paths, File.Delete);
    }

    private static async IAsyncEnumerable<string> Later(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            await Task.Yield();
            yield return path;
        }
    }
}
