using System.Text.RegularExpressions;

namespace WorkerPool.Docs.Tests.Consoles;

/// <summary>
/// Compares what a page shows with what a program wrote. A terminal shows both streams, each in its own order, and which
/// line comes first across them is chance: so what is shown has to be some interleaving of the two.
/// </summary>
internal static class ExpectedOutput
{
    private const string Anything = "…";

    /// <summary>Whether the lines shown are the lines written.</summary>
    /// <param name="shown">The page's lines; <c>…</c> alone stands for any lines, within a line for any text.</param>
    /// <param name="output">Lines of stdout.</param>
    /// <param name="errors">Lines of stderr.</param>
    public static bool Matches(IReadOnlyList<string> shown, IReadOnlyList<string> output, IReadOnlyList<string> errors)
    {
        var known = new Dictionary<(int, int, int), bool>();
        return From(0, 0, 0);

        bool From(int line, int outputs, int faults)
        {
            if (known.TryGetValue((line, outputs, faults), out var result))
            {
                return result;
            }

            var moreOutput = outputs < output.Count;
            var moreErrors = faults < errors.Count;
            if (line == shown.Count)
            {
                result = !moreOutput && !moreErrors;
            }
            else if (shown[line] == Anything)
            {
                result = From(line + 1, outputs, faults)
                    || (moreOutput && From(line, outputs + 1, faults))
                    || (moreErrors && From(line, outputs, faults + 1));
            }
            else
            {
                result = (moreOutput && LineMatches(shown[line], output[outputs]) && From(line + 1, outputs + 1, faults))
                    || (moreErrors && LineMatches(shown[line], errors[faults]) && From(line + 1, outputs, faults + 1));
            }

            return known[(line, outputs, faults)] = result;
        }
    }

    private static bool LineMatches(string shown, string written) => Regex.IsMatch(
        written, $"^{string.Join(".*", shown.TrimEnd().Split(Anything).Select(Regex.Escape))}$", RegexOptions.Singleline);
}
