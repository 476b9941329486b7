namespace WorkerPool.Fault.Tests;

/// <summary>That the matrix is whole.</summary>
public sealed class MatrixTests
{
    [Fact]
    public void Every_combination_is_a_cell_or_left_out_by_a_rule_and_every_rule_leaves_something_out()
    {
        Assert.All(FaultMatrix.LeftOut, rule => Assert.NotEmpty(rule.Cells));
        var leftOut = FaultMatrix.LeftOut.SelectMany(rule => rule.Cells).ToHashSet();
        Assert.Equal(FaultMatrix.All.Count, FaultMatrix.Cells.Count + leftOut.Count);
        Assert.All(Enum.GetValues<FaultKind>(), fault => Assert.Contains(FaultMatrix.Cells, cell => cell.Fault == fault));
        Assert.All(Enum.GetValues<Phase>(), phase => Assert.Contains(FaultMatrix.Cells, cell => cell.Phase == phase));
    }
}
