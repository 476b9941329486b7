using System.Collections.ObjectModel;
using System.ComponentModel;
using System.Globalization;

namespace WorkerPool.Processes.Programs;

/// <summary>
/// The command of a program: one line, which is split into words as a shell would, or the words themselves. In
/// configuration a string or a list of strings, in code <c>"wc -c {}"</c> or <c>["wc", "-c", "{}"]</c>.
/// </summary>
[TypeConverter(typeof(FromText))]
public sealed class ProgramCommand : Collection<string>
{
    /// <summary>A command of words, none yet.</summary>
    public ProgramCommand()
    {
    }

    private ProgramCommand(string line) => Line = line;

    /// <summary>The command where it was given as one line; <c>null</c> where it was given as words.</summary>
    public string? Line { get; }

    /// <summary>A command of one line.</summary>
    /// <param name="line">The line.</param>
    public static implicit operator ProgramCommand(string line) => FromString(line);

    /// <summary>A command of one line.</summary>
    /// <param name="line">The line.</param>
    public static ProgramCommand FromString(string line) => new(line);

    /// <summary>The line, or the words with spaces between.</summary>
    public override string ToString() => Line ?? string.Join(' ', this);

    private sealed class FromText : TypeConverter
    {
        public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

        public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
            value is string line ? FromString(line) : null;
    }
}
