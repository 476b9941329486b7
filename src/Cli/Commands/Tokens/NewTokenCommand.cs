using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using WorkerPool.Cli.Output;
using WorkerPool.Cli.Running;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Cli.Commands.Tokens;

/// <summary><c>workerpool token new</c>.</summary>
internal sealed class NewTokenCommand : ICommand
{
    private static readonly string[] Roles = [.. Enum.GetNames<Role>().Select(role => role.ToLowerInvariant())];
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Option<string?> _name = new("--name")
    {
        Description = "Whose token it is, for logs and limits.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _role = new("--role")
    {
        Description = "What it allows: viewer, submitter (also runs functions) or admin (also operates the pool).",
        HelpName = "ROLE",
    };

    private readonly Option<string?> _expires = new("--expires")
    {
        Description = "When it ends to hold, such as 2027-01-31. Default: never.",
        HelpName = "DATE",
    };

    private readonly Option<string?> _callers = new("--callers")
    {
        Description = "The Supervisor's file of callers, to which its line is added. Default: the line is shown.",
        HelpName = "PATH",
    };

    public NewTokenCommand()
    {
        Symbol = new Command("new", "Makes a token and the line by which a Supervisor knows it. The token is shown this once.")
        {
            _name, _role, _expires, _callers,
        };
        Group = new Command("token", "Makes what callers show to a Supervisor that asks who they are.") { Symbol };
    }

    public Command Symbol { get; }

    public Command Group { get; }

    public IReadOnlyList<string> Examples =>
    [
        "workerpool token new --name ci --role submitter",
        "workerpool token new --name ci --role submitter --callers callers.jsonl > ci.token",
    ];

    public Task<int> RunAsync(ParseResult parsed, StatusLine status, Ending ending)
    {
        var name = parsed.GetValue(_name) is { Length: > 0 } given ? given : throw new UsageException("Say whose token it is, with --name.");
        var role = parsed.GetValue(_role);
        if (!Roles.Contains(role))
        {
            throw new UsageException($"--role has to be {string.Join(", ", Roles[..^1])} or {Roles[^1]}" + (role is null ? "." : $"; it is '{role}'."));
        }

        var token = ApiToken.New();
        var fields = new Dictionary<string, string> { ["name"] = name, ["role"] = role!, ["token"] = ApiToken.HashOf(token) };
        if (parsed.GetValue(_expires) is { } expires)
        {
            fields["expires"] = DateTimeOffset.TryParse(expires, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)
                ? expires
                : throw new UsageException($"--expires has to be a date or a time, such as 2027-01-31; it is '{expires}'.");
        }

        var line = JsonSerializer.Serialize(fields, Plain);
        if (parsed.GetValue(_callers) is { } path)
        {
            Append(path, line);
        }

        using (var output = new StandardOutput(ending.Token))
        {
            TextLines.Write([token], output, StandardOutput.Columns);
        }

        if (parsed.GetValue(_callers) is null)
        {
            status.WriteLine("Above is the token, which is not shown again. The line for the Supervisor's file of callers (--callers):");
            status.WriteLine(line);
        }

        return Task.FromResult(ExitCodes.Success);
    }

    private static void Append(string path, string line)
    {
        try
        {
            var isOpenLine = File.Exists(path) && File.ReadAllText(path) is { Length: > 0 } text && text[^1] != '\n';
            File.AppendAllText(path, $"{(isOpenLine ? "\n" : "")}{line}\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--callers {path} cannot be written: {e.Message}");
        }
    }
}
