using System.Globalization;
using WorkerPool.Supervisor.Diagnostics;

namespace WorkerPool.Supervisor.Tests.Diagnostics;

public sealed class FunctionLabelsTests
{
    [Fact]
    public void A_hundred_functions_have_a_label_of_their_own_and_the_others_share_one()
    {
        var labels = new FunctionLabels();
        for (var i = 0; i < 150; i++)
        {
            labels.Of(i.ToString(CultureInfo.InvariantCulture)).Accepted++;
        }

        labels.Of("7").Accepted++;
        Assert.Equal(101, labels.All.Count());
        Assert.Equal(2, labels.Of("7").Accepted);
        Assert.Equal(50, labels.All.Single(totals => (string?)totals.Label.Value == "other").Accepted);
    }
}
