using System.Globalization;
using System.Text.Json;

namespace WorkerPool.Supervisor.Security;

/// <summary>The fields of a line of the file of callers, read one by one; collects what is wrong with them.</summary>
/// <param name="fields">The fields, by name.</param>
/// <param name="wrong">Takes the faults.</param>
internal sealed class LineFields(IReadOnlyDictionary<string, JsonElement> fields, List<string> wrong)
{
    /// <summary>Whether nothing is wrong so far.</summary>
    public bool AreSound => wrong.Count == 0;

    /// <summary>Whether a field is given.</summary>
    public bool Has(string name) => fields.ContainsKey(name);

    /// <summary>Something is wrong.</summary>
    public void Fault(string fault) => wrong.Add(fault);

    /// <summary>A text that has to be there.</summary>
    /// <param name="name">The field.</param>
    /// <param name="isSound">Whether a text will do.</param>
    /// <param name="expected">What will do, in words.</param>
    public string? Text(string name, Func<string, bool> isSound, string expected)
    {
        if (fields.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String && isSound(value.GetString()!))
        {
            return value.GetString();
        }

        // A token where its hash belongs is not to be told to a log.
        var actual = !Has(name) ? "missing" : name == "token" ? "something else" : fields[name].GetRawText();
        wrong.Add($"\"{name}\" is {actual}; expected {expected}");
        return null;
    }

    /// <summary>A number; <c>null</c> if it is not given.</summary>
    /// <param name="name">The field.</param>
    /// <param name="least">The least.</param>
    /// <param name="most">The most.</param>
    /// <param name="expected">Both, in words.</param>
    /// <param name="whole">Whether it is a whole number. Default: yes.</param>
    public double? Number(string name, double least, double most, string expected, bool whole = true)
    {
        if (!fields.TryGetValue(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most
            && (!whole || number == Math.Floor(number)))
        {
            return number;
        }

        wrong.Add($"\"{name}\" is {value.GetRawText()}; expected {expected}");
        return null;
    }

    /// <summary>A moment; <c>null</c> if it is not given.</summary>
    /// <param name="name">The field.</param>
    public DateTimeOffset? Time(string name)
    {
        if (!fields.TryGetValue(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time;
        }

        wrong.Add($"\"{name}\" is {value.GetRawText()}; expected a date or a time, such as \"2027-01-31\" or \"2027-01-31T12:00:00Z\"");
        return null;
    }
}
