using System.Text;
using System.Text.Json;
using WorkerPool.Cli.Output;
using WorkerPool.Client;

namespace WorkerPool.Cli.Tests;

public sealed class ListingTests
{
    private static readonly WorkerStatus Busy = new()
    {
        Name = "worker-12",
        Slot = 12,
        State = WorkerState.Busy,
        Incarnation = 3,
        ProcessId = 1_234_567,
        JobId = "job-3",
        ItemIndex = 4_711_000,
        ItemRunningFor = TimeSpan.FromSeconds(200),
        AnsweredItems = 1_234_567,
        InFlightItems = 1000,
        CpuTime = TimeSpan.FromHours(1.5),
        MemoryBytes = 300_000_000,
        Restarts = 2,
        LastDeath = "exit code 42\nwhile it ran item 13",
    };

    private static readonly JobStatus Nightly = new()
    {
        Id = "job-3",
        State = JobState.Running,
        Function = "classify_document",
        Label = "nightly run of the invoices of the third quarter, second attempt",
        Ledger = new JobLedger(500_000, 123_456, 12, 0),
        ItemCount = 10_000_000,
        ItemsPerSecond = 1234.5,
        Elapsed = TimeSpan.FromMinutes(100),
        Times = new JobTimes(
            AwaitingItems: TimeSpan.Zero,
            AwaitingWorkers: TimeSpan.FromMinutes(10),
            Running: TimeSpan.FromMinutes(15),
            AwaitingReader: TimeSpan.FromMinutes(75)),
        TimeLeft = TimeSpan.FromHours(2),
        WorkersInUse = 16,
        Caller = "10.0.0.7:41234",
        Message = "",
    };

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(200)]
    public void A_table_is_never_wider_than_the_terminal_and_breaks_no_word(int width)
    {
        var workers = TableOf(output => WorkerListing.Write([Busy, Busy], output, width));
        Assert.All(workers, line => Assert.True(line.Length <= width, line));
        Assert.Equal(2, workers.Count(line => line.Contains("worker-12", StringComparison.Ordinal)));
        Assert.All(workers.Skip(2), line => Assert.Contains("1.23M", line, StringComparison.Ordinal));
        var jobs = TableOf(output => JobListing.Write([Nightly], output, width));
        Assert.All(jobs, line => Assert.True(line.Length <= width, line));
        Assert.Contains("123k/10.0M", jobs[2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_wider_terminal_shows_more_columns()
    {
        string Head(int? width) => TableOf(output => JobListing.Write([Nightly], output, width))[0];
        Assert.DoesNotContain("Label", Head(60), StringComparison.Ordinal);
        Assert.Contains("Label", Head(120), StringComparison.Ordinal);
        Assert.Contains("Caller", Head(null), StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_says_what_it_was_at_for_most_of_its_time()
    {
        Assert.Contains("awaiting reader 75 %", TableOf(output => JobListing.Write([Nightly], output, null))[2], StringComparison.Ordinal);
        var fresh = TableOf(output => JobListing.Write([Nightly with { Times = default }], output, null));
        Assert.DoesNotContain("%", fresh[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Deaths_and_reasons_stand_below_on_one_line_each()
    {
        Assert.Equal("worker-12, last death: exit code 42 while it ran item 13", Lines(output => WorkerListing.Write([Busy], output, null))[^1]);
        var failed = Nightly with { State = JobState.Failed, Reason = "POOL_BROKEN", Message = "No worker can start." };
        Assert.Equal("job-3: POOL_BROKEN: No worker can start.", Lines(output => JobListing.Write([failed], output, null))[^1]);
    }

    [Fact]
    public void A_pool_is_a_sentence()
    {
        var pool = new PoolStatus
        {
            State = PoolState.Ready,
            SlotCount = 4,
            ReadyWorkers = 3,
            BusyWorkers = 2,
            OpenJobs = 1,
            WaitingItems = 1200,
            WaitingWork = TimeSpan.FromSeconds(90),
            Uptime = TimeSpan.FromDays(1),
        };
        Assert.Equal(
            "The pool is ready: 3 of 4 workers ready, 2 busy, 1 open job, 1200 waiting items (1m 30s of work), up 1d 00h.",
            TextLines.ForPool(pool));
        Assert.StartsWith(
            "The pool is broken (no worker starts): 0 of 1 worker ready",
            TextLines.ForPool(new PoolStatus { State = PoolState.Broken, SlotCount = 1, Message = "no worker starts." }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Json_is_an_object_a_line_with_seconds_and_words()
    {
        var lines = Lines(output => JsonLines.WriteAll([Busy, Busy], output));
        Assert.Equal(2, lines.Count);
        var worker = JsonElement.Parse(lines[0]);
        Assert.Equal("busy", worker.GetProperty("state").GetString());
        Assert.Equal(200, worker.GetProperty("itemRunningForSeconds").GetDouble());
        Assert.Equal(4_711_000, worker.GetProperty("itemIndex").GetInt64());
        Assert.Equal(JsonValueKind.Null, worker.GetProperty("readySince").ValueKind);
        var job = JsonElement.Parse(Lines(output => JsonLines.Write(Nightly, output))[0]);
        Assert.Equal(4500, job.GetProperty("times").GetProperty("awaitingReaderSeconds").GetDouble());
        Assert.Equal(123_456, job.GetProperty("ledger").GetProperty("succeeded").GetInt64());
    }

    [Fact]
    public void An_event_is_a_line_and_gives_up_its_kind_first()
    {
        var happened = new PoolEvent { Sequence = 12, Kind = PoolEventKind.WorkerDied, Message = "worker-2 died." };
        Assert.Matches(@"^   12  [-\d]+ [:\d]+  worker-died          worker-2 died\.$", TextLines.ForEvent(happened, null));
        Assert.Matches(@"^   12  [-\d]+ [:\d]+  worker-2 died\.$", TextLines.ForEvent(happened, 80));
    }

    [Theory]
    [InlineData("running", JobState.Running)]
    [InlineData("cancelled", JobState.Cancelled)]
    public void States_have_words(string word, JobState state)
    {
        Assert.Equal(word, Words.Of(state));
        Assert.True(Words.TryParse<JobState>(word, out var parsed));
        Assert.Equal(state, parsed);
    }

    [Fact]
    public void Words_of_several_parts_are_hyphenated() => Assert.Equal("backing-off", Words.Of(WorkerState.BackingOff));

    // Without what stands below the table.
    private static List<string> TableOf(Action<Stream> write) => [.. Lines(write).TakeWhile(line => !line.Contains(", last death", StringComparison.Ordinal))];

    private static List<string> Lines(Action<Stream> write)
    {
        using var output = new MemoryStream();
        write(output);
        return [.. Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
