namespace WorkerPool.WorkerHost.Tests.Functions;

public class WorkerContextTests
{
    [Fact]
    public void One_made_by_hand_says_what_it_is_given_and_hears_what_is_reported()
    {
        var heard = new List<double>();
        var context = new WorkerContext { Index = 3, Attempt = 2, OnReport = heard.Add };
        context.Report(0);
        context.Report(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Report(double.NaN));
        Assert.Equal((3L, 2), (context.Index, context.Attempt));
        Assert.Equal([0, 1], heard);
    }

    [Fact]
    public void Outside_of_a_worker_there_is_one_without_a_name()
    {
        WorkerContext.Current.Report(0.5);
        Assert.Equal(("", 0UL, null, 0), (WorkerContext.Current.WorkerName, WorkerContext.Current.Incarnation, WorkerContext.Current.Index, WorkerContext.Current.Attempt));
    }
}
