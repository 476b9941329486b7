using WorkerPool.V1;

namespace WorkerPool.Fault.Tests;

/// <summary>Every fault at every phase, ordered and unordered, less what makes no sense, by rules that have names.</summary>
internal static class FaultMatrix
{
    private static readonly FaultKind[] OfItemsAlone = [FaultKind.ReturnUnserialisable, FaultKind.HangYielding];
    private static readonly FaultKind[] Hangs = [FaultKind.HangYielding, FaultKind.HangComputing, FaultKind.HangBlocked];
    private static readonly FaultKind[] NeedsSession = [FaultKind.CloseSession, FaultKind.FillThreadPool];
    private static readonly FaultKind[] GrowsWithItems = [FaultKind.Leak, FaultKind.ExhaustHeap];

    private static readonly IReadOnlyList<(string Name, Func<Cell, bool> LeavesOut)> Rules =
    [
        ("what has no job has no order", cell => cell.Phase is Phase.Load or Phase.Idle && cell.Order == Order.Completion),
        ("what is wrong with a value or a cancellation is wrong with an item", cell =>
            cell.Phase is Phase.Load or Phase.Idle && OfItemsAlone.Contains(cell.Fault)),
        ("what an item returns fails while it is written, whenever that is", cell =>
            cell.Phase == Phase.Encoding && cell.Fault == FaultKind.ReturnUnserialisable),
        ("a thread that hangs beside the items holds nothing up", cell => cell.Phase == Phase.Idle && Hangs.Contains(cell.Fault)),
        ("before there is a session nothing can be done to it", cell => cell.Phase == Phase.Load && NeedsSession.Contains(cell.Fault)),
        ("a library that grows while it loads is one that holds much, and one that has no memory is one that throws", cell =>
            cell.Phase == Phase.Load && GrowsWithItems.Contains(cell.Fault)),
        ("a library that prints the handshake before its worker does is taken at its word", cell =>
            cell.Phase == Phase.Load && cell.Fault == FaultKind.PrintGarbage),
    ];

    /// <summary>All that can be put together.</summary>
    public static IReadOnlyList<Cell> All { get; } =
    [
        .. from fault in Enum.GetValues<FaultKind>()
           from phase in Enum.GetValues<Phase>()
           from order in new[] { Order.Input, Order.Completion }
           select new Cell(fault, phase, order),
    ];

    /// <summary>Names of the rules, and what each leaves out.</summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<Cell> Cells)> LeftOut { get; } =
        [.. Rules.Select(rule => (rule.Name, (IReadOnlyList<Cell>)[.. All.Where(rule.LeavesOut)]))];

    /// <summary>The cells.</summary>
    public static IReadOnlyList<Cell> Cells { get; } = [.. All.Where(cell => !Rules.Any(rule => rule.LeavesOut(cell)))];

    /// <summary>The cells of a phase whose faults do not hang.</summary>
    public static TheoryData<FaultKind, Order> Of(Phase phase) => ToData(phase, cell => !IsKilledForTime(cell.Fault));

    /// <summary>The cells of a phase whose faults have to be ended by a kill after their time.</summary>
    public static TheoryData<FaultKind, Order> HangsOf(Phase phase) => ToData(phase, cell => IsKilledForTime(cell.Fault));

    /// <summary>All cells of a phase.</summary>
    public static TheoryData<FaultKind, Order> AllOf(Phase phase) => ToData(phase, _ => true);

    private static bool IsKilledForTime(FaultKind fault) => fault is FaultKind.HangBlocked or FaultKind.HangComputing;

    private static TheoryData<FaultKind, Order> ToData(Phase phase, Func<Cell, bool> isWanted)
    {
        var data = new TheoryData<FaultKind, Order>();
        foreach (var cell in Cells.Where(cell => cell.Phase == phase && isWanted(cell)))
        {
            data.Add(cell.Fault, cell.Order);
        }

        return data;
    }
}

/// <summary>One case of the matrix.</summary>
/// <param name="Fault">What goes wrong.</param>
/// <param name="Phase">When.</param>
/// <param name="Order">In what order the job wants its results.</param>
internal sealed record Cell(FaultKind Fault, Phase Phase, Order Order);
