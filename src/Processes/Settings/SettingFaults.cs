using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Reflection;

namespace WorkerPool.Processes.Settings;

/// <summary>
/// What is wrong with the settings of a section before they are taken into their options: names that there are not, each with
/// the one that was meant, and values of another kind. All of it at once; the binder of options stops at the first. Pure.
/// </summary>
public static class SettingFaults
{
    private const char Separator = ':';

    /// <summary>Finds the faults.</summary>
    /// <param name="settings">All settings there are, by their whole names, such as <c>Pool:Workers</c>.</param>
    /// <param name="section">The section.</param>
    /// <param name="options">What its settings are taken into.</param>
    /// <param name="faults">Takes a sentence a fault.</param>
    /// <returns>The settings of the section that are sound.</returns>
    public static Dictionary<string, string?> Find(
        IEnumerable<KeyValuePair<string, string?>> settings, string section, Type options, ICollection<string> faults)
    {
        var sound = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in settings.Where(setting => setting.Value is not null).OrderBy(setting => setting.Key, StringComparer.Ordinal))
        {
            var parts = name.Split(Separator);
            var fault = parts[0].Equals(section, StringComparison.OrdinalIgnoreCase) ? FaultOf(parts, options, value!)
                : parts.Length > 1 ? Misspelt(parts, section, options)
                : null;
            if (fault is not null && !faults.Contains(fault))
            {
                faults.Add(fault);
            }
            else if (fault is null && parts[0].Equals(section, StringComparison.OrdinalIgnoreCase))
            {
                sound[name] = value;
            }
        }

        return sound;
    }

    private static string? FaultOf(string[] parts, Type type, string value)
    {
        var (rest, at) = (type, 1);
        while (at < parts.Length)
        {
            if (EntryOf(rest) is { } entry)
            {
                rest = entry;
            }
            else if (IsText(rest))
            {
                return $"{Name(parts, at)} is one setting, and has none of its own such as \"{parts[at]}\".";
            }
            else if (Property(rest, parts[at]) is { } property)
            {
                rest = property.PropertyType;
            }
            else
            {
                var known = Properties(rest).Select(each => each.Name).ToList();
                return $"{Name(parts, at + 1)} is no setting.{NearSetting.Hint(parts[at], known, $"{Name(parts, at)}{Separator}")}";
            }

            at++;
        }

        var name = Name(parts, parts.Length);
        return IsText(rest) ? (CanRead(rest, value) ? null : $"{name} is \"{value}\"; expected {Kind(rest)}.")
            : value.Length == 0 ? null
            : IsList(rest) ? $"{name} is \"{value}\", but it is a list: give its entries, {name}:0 and so on (in the environment {name.Replace(":", "__", StringComparison.Ordinal)}__0)."
            : $"{name} is \"{value}\", but it has settings of its own, such as {name}:{(EntryOf(rest) is null ? Properties(rest).First().Name : "NAME")}.";
    }

    // Settings of other programs are nobody's affair here, but one that has the name of ours and nearly its section is a mistake.
    private static string? Misspelt(string[] parts, string section, Type options) =>
        NearSetting.IsNear(parts[0], section) && Property(options, parts[1]) is not null
            ? $"{Name(parts, parts.Length)} is no setting. Did you mean \"{section}{Separator}{Name(parts[1..], parts.Length - 1)}\"?"
            : null;

    private static string Name(string[] parts, int count) => string.Join(Separator, parts[..count]);

    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property is { CanWrite: true, SetMethod.IsPublic: true } || EntryOf(property.PropertyType) is not null);

    private static PropertyInfo? Property(Type type, string name) =>
        Properties(type).FirstOrDefault(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    // What the entries of a list or a dictionary are; null of anything else.
    private static Type? EntryOf(Type type)
    {
        var shape = type.GetInterfaces().Append(type).Where(each => each.IsGenericType).ToList();
        return shape.Find(each => each.GetGenericTypeDefinition() == typeof(IDictionary<,>))?.GetGenericArguments()[1]
            ?? (type == typeof(string) ? null : shape.Find(each => each.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0]);
    }

    private static bool IsList(Type type) => EntryOf(type) is not null && !type.GetInterfaces().Append(type).Any(IsDictionary);

    private static bool IsDictionary(Type type) => type == typeof(IDictionary) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IDictionary<,>));

    private static bool IsText(Type type) => TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string));

    private static bool CanRead(Type type, string value)
    {
        try
        {
            return TypeDescriptor.GetConverter(type).ConvertFromString(null, CultureInfo.InvariantCulture, value) is not null;
        }
        catch (Exception error) when (error is FormatException or ArgumentException or NotSupportedException or InvalidCastException or OverflowException)
        {
            return false;
        }
    }

    private static string Kind(Type type) =>
        type == typeof(bool) ? "true or false"
        : type == typeof(TimeSpan) ? "a time, such as 00:00:30"
        : type == typeof(int) || type == typeof(long) ? "a whole number"
        : type.IsEnum ? string.Join(" or ", Enum.GetNames(type))
        : $"a {type.Name}";
}
