using WorkerPool.Client;
using WorkerPool.Protocol.Sockets;

namespace WorkerPool.Functional.Tests;

/// <summary>A Supervisor on a Unix socket, and the second one beside it.</summary>
public sealed class UnixSocketTests : IDisposable
{
    // The runtime's own socket for diagnosis, which it watches in its own way, would be counted.
    private static readonly Dictionary<string, string> NoDiagnostics = new() { ["DOTNET_EnableDiagnostics"] = "0" };

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("wp-socket-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Path => System.IO.Path.Combine(_directory.FullName, "pool.sock");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Nobody_polls_what_a_supervisor_and_a_worker_send_on()
    {
        await using var program = await StartAsync();
        await using (var pool = Pool.Connect($"unix://{Path}"))
        {
            for (var i = 1; i <= 50; i++)
            {
                Assert.Equal((long)i * i, await pool.ApplyAsync<long, long>("square", i, cancellationToken: Cancellation));
            }

            // To the worker, and to the client.
            Assert.Equal(2, ProcessSockets.CountUnwatched(program.ProcessId));
            Assert.Equal(1, ProcessSockets.CountUnwatched(Assert.Single(program.WorkerProcessIds)));
        }

        await EndAsync(program);
    }

    [Fact]
    public async Task A_map_with_large_items_and_values_comes_through_whole()
    {
        await using var program = await StartAsync();
        await using (var pool = Pool.Connect($"unix://{Path}"))
        {
            var items = Enumerable.Range(0, 64).Select(static i => Enumerable.Repeat((byte)i, 300_000 + i).ToArray()).ToArray();
            var next = 0;
            await foreach (var value in pool.ImapAsync<byte[], byte[]>("echo", items, cancellationToken: Cancellation))
            {
                Assert.Equal(items[next++], value);
            }

            Assert.Equal(items.Length, next);
        }

        await EndAsync(program);
    }

    [Fact]
    public async Task Both_are_for_its_user_alone_and_go_with_it()
    {
        await using var program = await StartAsync();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(Path).UnixFileMode);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(AnswerSocket.PathBeside(Path)!).UnixFileMode);
        await EndAsync(program);
        Assert.Empty(_directory.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task What_a_killed_one_has_left_of_the_second_is_replaced()
    {
        await using (var killed = await StartAsync())
        {
            ProcessSignals.Send(killed.ProcessId, ProcessSignals.Kill);
            await killed.Ended.WaitAsync(SupervisorProgram.Limit, Cancellation);
        }

        File.Delete(Path);
        Assert.True(File.Exists(AnswerSocket.PathBeside(Path)));
        await using var program = await StartAsync();
        await using (var pool = Pool.Connect($"unix://{Path}"))
        {
            Assert.Equal(9, await pool.ApplyAsync<long, long>("square", 3, cancellationToken: Cancellation));
            Assert.Equal(2, ProcessSockets.CountUnwatched(program.ProcessId));
        }

        await EndAsync(program);
    }

    [Fact]
    public async Task Without_the_second_a_client_is_served_on_the_first()
    {
        await using var program = await StartAsync();
        File.Delete(AnswerSocket.PathBeside(Path)!);
        await using (var pool = Pool.Connect($"unix://{Path}"))
        {
            Assert.Equal(9, await pool.ApplyAsync<long, long>("square", 3, cancellationToken: Cancellation));
            Assert.Equal(1, ProcessSockets.CountUnwatched(program.ProcessId));
        }

        await EndAsync(program);
    }

    private async Task<SupervisorProgram> StartAsync()
    {
        var program = SupervisorProgram.Start(["--listen", $"unix://{Path}", "--http", "", "--workers", "1"], NoDiagnostics);
        await program.Log.LineAsync("Application started").WaitAsync(SupervisorProgram.Limit, Cancellation);
        return program;
    }

    private static async Task EndAsync(SupervisorProgram program)
    {
        ProcessSignals.Send(program.ProcessId, ProcessSignals.Terminate);
        Assert.Equal(0, await program.Ended.WaitAsync(SupervisorProgram.Limit, Cancellation));
        Assert.Empty(program.Leftovers());
        Assert.DoesNotContain("fail:", program.Log.Text, StringComparison.Ordinal);
    }
}
