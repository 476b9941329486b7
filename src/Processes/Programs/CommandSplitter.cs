using System.Text;

namespace WorkerPool.Processes.Programs;

/// <summary>
/// Splits a command line into words as a shell would, and does nothing else that a shell does: single quotes keep all,
/// double quotes all but a backslash before <c>" \ $ `</c>, a backslash outside of quotes keeps the next character.
/// </summary>
public static class CommandSplitter
{
    private static readonly HashSet<string> Operators = ["|", "||", "|&", "&", "&&", ";", ">", ">>", "<", "<<", "2>", "2>>", "2>&1", "&>"];

    /// <summary>Splits a command line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="words">Its words; none for a blank line. Empty where there is a problem.</param>
    /// <param name="problem">What is wrong with it, in a sentence; empty if nothing is.</param>
    /// <returns>Whether it could be split.</returns>
    public static bool TrySplit(string line, out IReadOnlyList<string> words, out string problem)
    {
        var found = new List<string>();
        var word = new StringBuilder();
        var position = 0;
        words = [];
        while (true)
        {
            while (position < line.Length && char.IsWhiteSpace(line[position]))
            {
                position++;
            }

            if (position == line.Length)
            {
                words = found;
                problem = "";
                return true;
            }

            var start = position;
            if (ReadWord(line, ref position, word.Clear()) is { } unfinished)
            {
                problem = unfinished;
                return false;
            }

            // As it stands, without quotes: whoever wrote it expects a shell.
            if (Operators.Contains(line[start..position]))
            {
                problem = $"{line[start..position]} is for a shell, and there is none: set Shell (--exec-shell on the command line), or quote it to have it as an argument.";
                return false;
            }

            found.Add(word.ToString());
        }
    }

    private static string? ReadWord(string line, ref int position, StringBuilder word)
    {
        while (position < line.Length && !char.IsWhiteSpace(line[position]))
        {
            var next = line[position++];
            switch (next)
            {
                case '\'':
                    var end = line.IndexOf('\'', position);
                    if (end < 0)
                    {
                        return Unfinished(next, position);
                    }

                    word.Append(line, position, end - position);
                    position = end + 1;
                    break;
                case '"':
                    if (!ReadQuoted(line, ref position, word))
                    {
                        return Unfinished(next, position);
                    }

                    break;
                case '\\' when position == line.Length:
                    return "it ends in a backslash, which belongs before a character.";
                case '\\':
                    word.Append(line[position++]);
                    break;
                default:
                    word.Append(next);
                    break;
            }
        }

        return null;
    }

    private static bool ReadQuoted(string line, ref int position, StringBuilder word)
    {
        for (var at = position; at < line.Length; at++)
        {
            if (line[at] == '"')
            {
                position = at + 1;
                return true;
            }

            if (line[at] == '\\' && at + 1 < line.Length && line[at + 1] is '"' or '\\' or '$' or '`')
            {
                at++;
            }

            word.Append(line[at]);
        }

        return false;
    }

    private static string Unfinished(char quote, int position) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"the quote {quote} at character {position} is never closed.");
}
