using System.Text.RegularExpressions;

namespace WorkerPool.TestSupport;

/// <summary>What a program has printed so far, with a way to wait for a line. Safe for several threads.</summary>
public sealed class ProgramLog
{
    private readonly List<string> _lines = [];
    private readonly List<(Regex Pattern, TaskCompletionSource<Match> Found)> _awaited = [];

    /// <summary>All of it.</summary>
    public string Text => string.Join('\n', Lines);

    /// <summary>Its lines so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>The first line, printed or to come, that a pattern matches.</summary>
    public Task<Match> LineAsync(string pattern)
    {
        var regex = new Regex(pattern);
        lock (_lines)
        {
            if (_lines.Select(line => regex.Match(line)).FirstOrDefault(match => match.Success) is { } match)
            {
                return Task.FromResult(match);
            }

            var found = new TaskCompletionSource<Match>(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((regex, found));
            return found.Task;
        }
    }

    internal void Add(string line)
    {
        lock (_lines)
        {
            _lines.Add(line);
            foreach (var (pattern, found) in _awaited)
            {
                if (pattern.Match(line) is { Success: true } match)
                {
                    found.TrySetResult(match);
                }
            }
        }
    }

    internal void End()
    {
        lock (_lines)
        {
            foreach (var (pattern, found) in _awaited)
            {
                found.TrySetException(new InvalidOperationException($"the program ended without a line like \"{pattern}\":\n{Text}"));
            }
        }
    }
}
