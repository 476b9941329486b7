using CsCheck;
using WorkerPool.Supervisor.Jobs;

namespace WorkerPool.Supervisor.Tests.Jobs;

public sealed class ResultRunTests
{
    [Fact]
    public void A_divided_run_keeps_every_result_and_every_error() =>
        Gen.Select(Gen.Bool.Array[1, 12], Gen.Double.Unit).Sample((failures, at) =>
        {
            var sizes = failures.Select(failed => failed ? 0 : 4).ToArray();
            var errors = failures.Index().Where(entry => entry.Item).Select(entry => Runs.Error(10 + (ulong)entry.Index)).ToList();
            var count = (int)(at * (failures.Length + 1));
            var first = new ResultRun(10, Runs.OfSizes(sizes), errors).Split(count, out var rest);
            Assert.Equal((10ul, count), (first.FirstIndex, first.Count));
            Assert.Equal((first.EndIndex, failures.Length - count), (rest.FirstIndex, rest.Count));
            Assert.Equal(errors, [.. first.Errors, .. rest.Errors]);
            Assert.All(first.Errors, error => Assert.True(error.Index < first.EndIndex));
            Assert.All(rest.Errors, error => Assert.True(error.Index >= rest.FirstIndex));
        });
}
