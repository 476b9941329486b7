using WorkerPool.V1;

namespace WorkerPool.Supervisor.Explaining;

/// <summary>Something that explains where a job is.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="Severity">How grave it is.</param>
/// <param name="Sentence">It in one sentence, with the numbers.</param>
/// <param name="Values">The numbers and names of the sentence.</param>
internal sealed record Finding(
    FindingKind Kind, FindingSeverity Severity, string Sentence, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>A finding.</summary>
    /// <param name="kind">What kind.</param>
    /// <param name="severity">How grave it is.</param>
    /// <param name="sentence">It in one sentence.</param>
    /// <param name="values">The numbers and names of the sentence; those that are <c>null</c> are left out.</param>
    public static Finding Of(FindingKind kind, FindingSeverity severity, string sentence, params (string Name, string? Value)[] values) => new(
        kind, severity, sentence, values.Where(value => value.Value is not null).ToDictionary(value => value.Name, value => value.Value!));
}
