using System.Globalization;
using System.Text.Json;
using F23.StringSimilarity;
using WorkerPool.Protocol.Errors;

namespace WorkerPool.Supervisor.Security;

/// <summary>
/// Reads the file of callers: JSON Lines, one way to be known a line. Lines of one name are one caller, and say the same of
/// it but how it shows who it is. Pure.
/// </summary>
internal static class CallerFile
{
    private const long LeastBuffers = 2 << 20;
    private const double MaxWeight = 1000;
    private const int NearEnough = 3;

    private static readonly string[] Fields =
    [
        "name", "role", "token", "certificate", "expires", "maxOpenJobs", "maxOpenApplies", "maxBufferedBytes", "requestsPerSecond", "weight",
    ];

    /// <summary>Reads it.</summary>
    /// <param name="text">Its content. Blank lines, and those that begin with #, are skipped.</param>
    /// <param name="faults">What is wrong with it, each with the number of its line.</param>
    public static IReadOnlyList<CallerLine> Read(string text, out IReadOnlyList<string> faults)
    {
        var found = new List<string>();
        var lines = new List<CallerLine>();
        foreach (var (index, line) in text.Split('\n').Index())
        {
            if (line.Trim() is not { Length: > 0 } content || content[0] == '#')
            {
                continue;
            }

            var wrong = new List<string>();
            var read = ReadLine(content, wrong);
            if (read is not null && lines.Find(other => other.Caller.Name == read.Caller.Name) is { } known && known.Caller != read.Caller)
            {
                wrong.Add($"\"{read.Caller.Name}\" has another role or other limits than on a line above; expected the same on all its lines");
            }

            found.AddRange(wrong.Select(fault => string.Create(CultureInfo.InvariantCulture, $"line {index + 1}: {fault}.")));
            if (wrong.Count == 0)
            {
                lines.Add(read!);
            }
        }

        if (lines.Count == 0 && found.Count == 0)
        {
            found.Add("it names no caller. 'workerpool token new' makes a token and its line.");
        }

        faults = found;
        return lines;
    }

    private static CallerLine? ReadLine(string line, List<string> wrong)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(line);
        }
        catch (JsonException error)
        {
            wrong.Add($"not one JSON object: {JsonProblem.Describe(error).TrimEnd('.')}");
            return null;
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                wrong.Add("not one JSON object");
                return null;
            }

            var fields = new Dictionary<string, JsonElement>();
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (!Fields.Contains(property.Name))
                {
                    wrong.Add(Unknown(property.Name));
                }
                else if (!fields.TryAdd(property.Name, property.Value))
                {
                    wrong.Add($"\"{property.Name}\" is given twice");
                }
            }

            return From(new LineFields(fields, wrong));
        }
    }

    private static CallerLine? From(LineFields fields)
    {
        var name = fields.Text("name", text => text.Length > 0, "a name") ?? "";
        var role = fields.Text("role", text => IsRole(text), "viewer, submitter or admin");
        byte[]? digest = null;
        var token = fields.Has("token")
            ? fields.Text("token", text => ApiToken.TryReadHash(text, out digest!), "sha256: and 64 hexadecimal digits, as 'workerpool token new' gives")
            : null;
        var certificate = fields.Has("certificate")
            ? fields.Text("certificate", IsCertificateName, "a name with its kind: CN:, DNS:, EMAIL: or URI:")
            : null;
        if (fields.Has("token") == fields.Has("certificate"))
        {
            fields.Fault("expected either \"token\" or \"certificate\"");
        }

        var limits = new CallerLimits(
            (int?)fields.Number("maxOpenJobs", 1, int.MaxValue, "1 or more"),
            (int?)fields.Number("maxOpenApplies", 1, int.MaxValue, "1 or more"),
            (long?)fields.Number("maxBufferedBytes", LeastBuffers, long.MaxValue / 2, $"{LeastBuffers} or more"),
            (int?)fields.Number("requestsPerSecond", 1, int.MaxValue, "1 or more"),
            fields.Number("weight", double.Epsilon, MaxWeight, $"more than 0, up to {MaxWeight}", whole: false) ?? 1);
        var expires = fields.Time("expires");
        return fields.AreSound
            ? new CallerLine(new Caller(name, Enum.Parse<Role>(role!, ignoreCase: true), limits), token is null ? null : digest, certificate, expires)
            : null;
    }

    private static bool IsRole(string text) => Enum.GetNames<Role>().Any(role => role.Equals(text, StringComparison.OrdinalIgnoreCase));

    private static bool IsCertificateName(string text) =>
        CertificateNames.Kinds.Any(kind => text.StartsWith(kind, StringComparison.Ordinal) && text.Length > kind.Length);

    private static string Unknown(string field)
    {
        var distance = new Damerau();
        var near = Fields.MinBy(known => distance.Distance(known, field))!;
        return $"there is no \"{field}\""
            + (distance.Distance(near, field) <= NearEnough ? $"; did you mean \"{near}\"" : $"; expected {string.Join(", ", Fields)}");
    }
}
