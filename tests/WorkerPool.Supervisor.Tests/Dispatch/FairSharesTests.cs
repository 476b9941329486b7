using WorkerPool.Supervisor.Dispatch;

namespace WorkerPool.Supervisor.Tests.Dispatch;

public sealed class FairSharesTests
{
    private static readonly CallerShare Ann = new("ann", 1);
    private static readonly CallerShare Ben = new("ben", 1);
    private readonly FairShares _shares = new();
    private readonly Dictionary<IWorkSource, string> _names = [];

    [Fact]
    public void Many_jobs_get_a_caller_no_more_than_one()
    {
        for (var job = 0; job < 4; job++)
        {
            Add($"a{job}", Ann);
        }

        Add("b", Ben);
        var turns = Turns(800);
        Assert.InRange(turns["b"], 399, 401);
        Assert.All(Enumerable.Range(0, 4), job => Assert.InRange(turns[$"a{job}"], 99, 101));
    }

    [Fact]
    public void A_callers_weight_counts_among_callers_and_a_jobs_weight_among_its_own()
    {
        Add("a", Ann with { Weight = 3 });
        Add("light", Ben, 1);
        Add("heavy", Ben, 4);
        var turns = Turns(2000);
        Assert.InRange(turns["a"], 1498, 1502);
        Assert.InRange(turns["light"], 98, 102);
        Assert.InRange(turns["heavy"], 398, 402);
    }

    [Fact]
    public void Jobs_of_nobody_in_particular_have_a_share_each()
    {
        Add("one", null);
        Add("two", null, 2);
        Add("a", Ann);
        var turns = Turns(800);
        Assert.InRange(turns["one"], 199, 201);
        Assert.InRange(turns["two"], 399, 401);
        Assert.InRange(turns["a"], 199, 201);
    }

    [Fact]
    public void Every_waiting_job_gets_its_turn_and_nobody_else()
    {
        var (first, second, third) = (Add("first", Ann), Add("second", Ann), Add("third", Ben));
        _shares.Remove(second);
        Assert.Equal(["first", "third"], Drain());
        Assert.False(_shares.TryNext(out _));

        _shares.Wait(third);
        Assert.Equal(["third"], Drain());
        _shares.Remove(first);
        _shares.Wait(first);
        Assert.False(_shares.TryNext(out _));
        Assert.Equal([third], _shares.Members);
    }

    [Fact]
    public void A_caller_whose_last_job_has_gone_begins_anew()
    {
        var gone = Add("a", Ann);
        Add("b", Ben);
        _shares.Charge(gone, 1000);
        _shares.Remove(gone);
        Turns(10);
        Add("again", Ann);
        Assert.InRange(Turns(100)["again"], 49, 51);
    }

    private FakeSource Add(string name, CallerShare? caller, double weight = 1)
    {
        var source = new FakeSource(1);
        _names[source] = name;
        _shares.Add(source, weight, caller);
        _shares.Wait(source);
        return source;
    }

    private List<string> Drain()
    {
        var taken = new List<string>();
        while (_shares.TryNext(out var job))
        {
            taken.Add(_names[job]);
        }

        taken.Sort(StringComparer.Ordinal);
        return taken;
    }

    // How many turns each has had of a number of them, each of one unit of worker time.
    private Dictionary<string, int> Turns(int count)
    {
        var turns = _names.Values.ToDictionary(name => name, _ => 0);
        for (var turn = 0; turn < count && _shares.TryNext(out var job); turn++)
        {
            turns[_names[job]]++;
            _shares.Charge(job, 1);
            _shares.Wait(job);
        }

        return turns;
    }
}
