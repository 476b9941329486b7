using WorkerPool.Client;
using WorkerPool.InProcess;
using WorkerPool.Local;

namespace WorkerPool.Contract.Tests;

/// <summary>What becomes of a worker's objects at its end, and what they say.</summary>
public sealed class ObjectTests
{
    private static readonly string Library = Path.Combine(AppContext.BaseDirectory, "UserFunctions.dll");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task They_are_disposed_of_when_their_worker_ends(bool isLocal)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await using (var pool = await StartAsync(isLocal))
            {
                await pool.ApplyAsync<string, object?>("tally_farewell", path, null, Cancellation);
                Assert.False(File.Exists(path));
            }

            await Eventually.AskAsync(() => Task.FromResult(File.Exists(path) ? File.ReadAllText(path) : ""), text => text == "worker-1\n");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task What_they_log_goes_where_prints_go()
    {
        var lines = new List<string>();
        var options = new LocalPoolOptions
        {
            Workers = "1",
            Functions = [Library],
            OnWorkerOutput = line =>
            {
                lock (lines)
                {
                    lines.Add($"{line.Worker} {line.Text}");
                }
            },
        };
        await using var pool = await LocalPool.StartAsync(options, Cancellation);
        await pool.ApplyAsync<string, object?>("tally_log", "rain", null, Cancellation);
        await Eventually.AskAsync(() => Task.FromResult(Lines()), said => said.Length >= 2);
        Assert.Equal(["worker-1 warning: UserFunctions.Tally: noted rain", "worker-1 info: tally_log: noted rain here"], Lines());

        string[] Lines()
        {
            lock (lines)
            {
                return [.. lines];
            }
        }
    }

    private static Task<Pool> StartAsync(bool isLocal) => isLocal
        ? LocalPool.StartAsync(new LocalPoolOptions { Workers = "1", Functions = [Library] }, Cancellation)
        : InProcessPool.StartAsync(new InProcessPoolOptions { Workers = "1", Functions = [Library] }, Cancellation);
}
