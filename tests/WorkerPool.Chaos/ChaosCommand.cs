using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace WorkerPool.Chaos;

/// <summary>The command line. Exit codes: 0 all promises were kept, 1 one was broken, 2 wrong usage.</summary>
public static class ChaosCommand
{
    private const int Broken = 1;
    private const int WrongUsage = 2;

    private static readonly Option<long> Items = new("--items")
    {
        Description = "Items after which no further map begins. Default: no limit but the duration.",
        DefaultValueFactory = _ => long.MaxValue,
    };

    private static readonly Option<int> Seed = new("--seed")
    {
        Description = "Seed of items, faults and the times they strike at. Default: 1.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<IReadOnlySet<ChaosFault>> Faults = new("--faults")
    {
        Description = "What strikes, separated by commas: kill, stop, exit, oom, timeout, supervisor, net. Default: all.",
        HelpName = "FAULT,...",
        CustomParser = ReadFaults,
        DefaultValueFactory = _ => Enum.GetValues<ChaosFault>().ToHashSet(),
    };

    private static readonly Option<TimeSpan> Duration = new("--duration")
    {
        Description = "Time after which no further map begins and nothing strikes, such as 30s, 10m or 00:01:30. Default: 60s.",
        CustomParser = ReadDuration,
        DefaultValueFactory = _ => TimeSpan.FromMinutes(1),
    };

    private static readonly Option<int> Workers = new("--workers") { Description = "Workers. Default: 4.", DefaultValueFactory = _ => 4 };

    private static readonly Option<int> Clients = new("--clients") { Description = "SDK clients. Default: 4.", DefaultValueFactory = _ => 4 };

    /// <summary>Runs the program.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="output">Takes the table.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output)
    {
        var root = new RootCommand(
            "Steady load on a Supervisor of its own while faults strike at random times that a seed decides. Afterwards every value, "
            + "order and ledger has to be right, nothing may be left, and memory has to be back where it was. "
            + "Exit codes: 0 all is well, 1 a promise was broken, 2 wrong usage.")
        {
            Items, Seed, Faults, Duration, Workers, Clients,
        };
        foreach (var option in new Option[] { Items, Workers, Clients })
        {
            option.Validators.Add(result =>
            {
                if (result.Tokens is [var token] && long.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) && number < 1)
                {
                    result.AddError($"{option.Name} has to be 1 or more.");
                }
            });
        }

        var code = 0;
        root.SetAction(async (parsed, cancellation) =>
        {
            var report = await ChaosRun.RunAsync(
                new ChaosOptions
                {
                    Items = parsed.GetValue(Items),
                    Seed = parsed.GetValue(Seed),
                    Faults = parsed.GetValue(Faults)!,
                    Duration = parsed.GetValue(Duration),
                    Workers = parsed.GetValue(Workers),
                    Clients = parsed.GetValue(Clients),
                },
                cancellation);
            report.Print(output);
            code = report.Breaches.Count > 0 ? Broken : 0;
        });
        var result = root.Parse(arguments);
        var failed = await result.InvokeAsync(new InvocationConfiguration { Output = output, Error = output });
        return result.Errors.Count > 0 ? WrongUsage : failed != 0 ? failed : code;
    }

    private static HashSet<ChaosFault> ReadFaults(ArgumentResult result)
    {
        var faults = new HashSet<ChaosFault>();
        foreach (var word in result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (word.All(char.IsAsciiLetter) && Enum.TryParse<ChaosFault>(word, ignoreCase: true, out var fault))
            {
                faults.Add(fault);
            }
            else
            {
                result.AddError($"There is no fault \"{word}\". Choose from kill, stop, exit, oom, timeout, supervisor, net.");
            }
        }

        return faults;
    }

    private static TimeSpan ReadDuration(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        var unit = text[^1] switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            _ => TimeSpan.Zero,
        };
        var isRead = unit > TimeSpan.Zero && double.TryParse(text[..^1], CultureInfo.InvariantCulture, out var count)
            ? TryMultiply(unit, count, out var duration)
            : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out duration);
        if (!isRead || duration <= TimeSpan.Zero)
        {
            result.AddError($"\"{text}\" is no duration above zero, such as 30s, 10m or 00:01:30.");
        }

        return duration;
    }

    private static bool TryMultiply(TimeSpan unit, double count, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (count is not (> 0 and < 10_000))
        {
            return false;
        }

        duration = unit * count;
        return true;
    }
}
