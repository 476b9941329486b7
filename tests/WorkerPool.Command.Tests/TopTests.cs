using System.Text.Json;

namespace WorkerPool.Command.Tests;

/// <summary>The views of a pool, on a real terminal.</summary>
public sealed class TopTests
{
    [Fact]
    public async Task A_pool_is_seen_a_job_chosen_explained_and_cancelled()
    {
        using var gate = new Gate();
        await using var pool = await StartAsync();
        await using var map = CommandRun.Start("map", "read_file", gate.Path, "--label", "held", "--address", pool.Address);
        await using (await gate.EnteredAsync())
        {
            await using var top = TerminalRun.Start(120, 30, "top", "--interval", "200ms", "--address", pool.Address);
            var picture = await top.PictureAsync(text => text.Contains("> job-1", StringComparison.Ordinal) && text.Contains("item 0", StringComparison.Ordinal));
            Assert.Matches(@"The pool is ready: 2 of 2 workers ready, 1 busy, 1 open job, up .+\.", picture);
            Assert.Matches(@"worker-[12] +busy +\d+ +job-1 item 0", picture);
            Assert.Matches(@"> job-1 +running +read_file +held +", picture);
            Assert.Contains("q quit", picture, StringComparison.Ordinal);
            Assert.InRange(picture.Split('\n').Length, 5, 30);

            await top.PressAsync("s");
            await top.PictureAsync(text => text.Contains("sort (by rate)", StringComparison.Ordinal));
            await top.PressAsync("e");
            await top.PictureAsync(text => text.Contains("the first items run: item 0 for", StringComparison.Ordinal));
            await top.PressAsync("c");
            await top.PictureAsync(text => text.Contains("Cancel job-1? y: yes", StringComparison.Ordinal));
            await top.PressAsync("n");
            await top.PictureAsync(text => text.Contains("job-1 goes on.", StringComparison.Ordinal));
            await top.PressAsync("c");
            await top.PictureAsync(text => text.Contains("Cancel job-1? y: yes", StringComparison.Ordinal));
            await top.PressAsync("y");
            await top.PictureAsync(text => text.Contains("cancelled", StringComparison.Ordinal) && !text.Contains("running ", StringComparison.Ordinal));
            await top.PressAsync("q");
            Assert.Equal(0, await top.EndAsync());

            // The screen that was there before is there again, with its cursor.
            Assert.Contains("\u001b[?1049h", top.Written, StringComparison.Ordinal);
            Assert.EndsWith("\u001b[?1049l", top.Written.TrimEnd(), StringComparison.Ordinal);
            Assert.Contains("cancelled", Assert.Single((await map.EndAsync()).ShouldEndWith(3).Errors), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task A_narrow_terminal_has_fewer_columns_and_no_line_is_wider()
    {
        await using var pool = await StartAsync();
        await using var top = TerminalRun.Start(50, 12, "top", "--interval", "200ms", "--address", pool.Address);
        var picture = await top.PictureAsync(text => text.Contains("worker-2", StringComparison.Ordinal));
        Assert.All(picture.Split('\n'), line => Assert.InRange(line.Length, 0, 50));
        Assert.InRange(picture.Split('\n').Length, 5, 12);
        await top.PressAsync("\u0003");
        Assert.Equal(0, await top.EndAsync());
    }

    [Fact]
    public async Task Without_a_terminal_it_says_so_and_what_to_do()
    {
        var run = (await CommandRun.ToEndAsync("", "top", "--address", "http://127.0.0.1:1")).ShouldEndWith(2);
        Assert.Equal(
            "workerpool: 'top' draws on a terminal, and stdout is none. Give --once to have it as text, or use 'workerpool workers' and 'workerpool jobs'.",
            run.Errors[0]);
    }

    [Fact]
    public async Task Once_it_is_text()
    {
        await using var pool = await StartAsync();
        (await CommandRun.ToEndAsync("", "map", "square", "--range", "1..100", "--output", "/dev/null", "--address", pool.Address)).ShouldEndWith(0);
        var run = (await CommandRun.ToEndAsync("", "top", "--once", "--address", pool.Address)).ShouldEndWith(0);
        Assert.StartsWith("The pool is ready: ", run.Output[0], StringComparison.Ordinal);
        Assert.Contains(run.Output, line => line.Contains("job-1", StringComparison.Ordinal) && line.Contains("100/100", StringComparison.Ordinal));
        Assert.DoesNotContain(run.Output, line => line.Contains('\u001b', StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bar_shows_a_map_with_its_workers_and_failed_items()
    {
        using var gate = new Gate();
        await using var pool = await StartAsync();
        await using var map = TerminalRun.Start(100, 10, "map", "read_file", "/no/such/file", gate.Path, "--unordered", "--address", pool.Address);
        await using (await gate.EnteredAsync())
        {
            while (!TerminalRun.Plain(map.Written).Contains("] 1/2 done, 1 failed, ", StringComparison.Ordinal)
                || !TerminalRun.Plain(map.Written).Contains("/s, 1 worker, ", StringComparison.Ordinal))
            {
                await map.WrittenMoreAsync();
            }
        }

        Assert.Equal(1, await map.EndAsync());
        Assert.Contains("2 items: 1 succeeded, 1 failed, 0 cancelled", map.Written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_is_explained_to_people_and_to_programs()
    {
        using var gate = new Gate();
        await using var pool = await StartAsync();
        Assert.Equal(["No job runs."], (await CommandRun.ToEndAsync("", "explain", "--address", pool.Address)).ShouldEndWith(0).Output);
        await using var map = CommandRun.Start("map", "read_file", gate.Path, "--address", pool.Address);
        await using (await gate.EnteredAsync())
        {
            var all = (await CommandRun.ToEndAsync("", "explain", "--address", pool.Address)).ShouldEndWith(0);
            Assert.Matches("^job-1, read_file, running for .+:$", all.Output[0]);
            Assert.Matches(@"^  info     the first items run: item 0 for .+ on worker-[12]; how long its items take is not known yet\.$", all.Output[1]);
            var json = (await CommandRun.ToEndAsync("", "explain", "job-1", "--json", "--address", pool.Address)).ShouldEndWith(0);
            var first = JsonElement.Parse(Assert.Single(json.Output)).GetProperty("findings")[0];
            Assert.Equal(("firstItems", "info", "0"), (
                first.GetProperty("kind").GetString(), first.GetProperty("severity").GetString(), first.GetProperty("values").GetProperty("item").GetString()));
        }

        (await map.EndAsync()).ShouldEndWith(0);
        var over = (await CommandRun.ToEndAsync("", "explain", "job-1", "--address", pool.Address)).ShouldEndWith(0);
        Assert.Matches(@"^  info     completed: 1 item answered in .+, 0 of them failed\.$", over.Output[1]);
        Assert.Contains(over.Output, line => line.StartsWith("  items    p50 ", StringComparison.Ordinal));
        var none = (await CommandRun.ToEndAsync("", "explain", "job-99", "--address", pool.Address)).ShouldEndWith(2);
        Assert.Contains("job-99", Assert.Single(none.Errors), StringComparison.Ordinal);
    }

    private static async Task<RunningSupervisor> StartAsync()
    {
        var pool = await RunningSupervisor.StartAsync(functions: [Libraries.User]);
        await pool.WorkerProcessIdAsync(slot: 1);
        await pool.WorkerProcessIdAsync(slot: 2);
        return pool;
    }
}
