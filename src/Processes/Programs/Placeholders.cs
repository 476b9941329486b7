using System.Text.RegularExpressions;

namespace WorkerPool.Processes.Programs;

/// <summary>Where the item goes in the arguments of a program: <c>{}</c> for all of it, <c>{1}</c> to <c>{99}</c> for an element.</summary>
public static partial class Placeholders
{
    /// <summary>Whether there are any in a word.</summary>
    /// <param name="word">An argument.</param>
    public static bool AreIn(string word) => Pattern().IsMatch(word);

    /// <summary>The positions of the elements that a word asks for, counted from 1; 0 for the whole item.</summary>
    /// <param name="word">An argument.</param>
    public static IEnumerable<int> Of(string word) => Pattern().Matches(word).Select(Position);

    /// <summary>Puts texts in the places of the placeholders. What stands in the texts is left as it is.</summary>
    /// <param name="word">An argument.</param>
    /// <param name="textAt">The text for a position.</param>
    public static string Replace(string word, Func<int, string> textAt) => Pattern().Replace(word, match => textAt(Position(match)));

    private static int Position(Match match) =>
        match.Groups[1].Length == 0 ? 0 : int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{([1-9][0-9]?)?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
