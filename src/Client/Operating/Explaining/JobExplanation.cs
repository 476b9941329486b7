namespace WorkerPool.Client;

/// <summary>Why a job is where it is.</summary>
/// <param name="Job">The job.</param>
/// <param name="Findings">What was found, at least one, the gravest first.</param>
public sealed record JobExplanation(JobStatus Job, IReadOnlyList<Finding> Findings)
{
    internal static JobExplanation From(V1.ExplainJobResponse response) =>
        new(JobStatus.From(response.Job), [.. response.Findings.Select(Finding.From)]);
}

/// <summary>Something that explains where a job is.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="Severity">How grave it is.</param>
/// <param name="Sentence">It in one sentence, with the numbers, for a person.</param>
/// <param name="Values">The numbers and names of the sentence, by name: times in seconds, such as "31.2", indexes and counts in digits.</param>
public sealed record Finding(FindingKind Kind, FindingSeverity Severity, string Sentence, IReadOnlyDictionary<string, string> Values)
{
    internal static Finding From(V1.Finding finding) => new(
        Enum.IsDefined((FindingKind)finding.Kind) ? (FindingKind)finding.Kind : FindingKind.Unknown,
        Enum.IsDefined((FindingSeverity)finding.Severity) ? (FindingSeverity)finding.Severity : FindingSeverity.Unknown,
        finding.Sentence,
        finding.Values.ToDictionary());
}

/// <summary>How grave a finding is.</summary>
public enum FindingSeverity
{
    /// <summary>The pool said something that this release of the SDK does not know.</summary>
    Unknown = 0,

    /// <summary>As it should be.</summary>
    Info = 1,

    /// <summary>The job goes on, or will, more slowly than it could; somebody may want to do something.</summary>
    Warning = 2,

    /// <summary>The job cannot go on before something changes, or has failed.</summary>
    Error = 3,
}
