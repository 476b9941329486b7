using System.Text.Json;
using WorkerPool.Docs.Tests.Programs;

namespace WorkerPool.Docs.Tests.Consoles;

/// <summary>An error of a call as buf writes it (JSON), written as grpcurl does: code and message, a line each.</summary>
internal static class CallErrors
{
    public static ProgramRun AsGrpcurlSays(ProgramRun run)
    {
        if (run.ExitCode == 0 || run.Errors is not ["{", ..])
        {
            return run;
        }

        using var error = JsonDocument.Parse(string.Join('\n', run.Errors));
        var words = error.RootElement.GetProperty("code").GetString()!.Split('_');
        var code = string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        List<string> lines = ["ERROR:", $"  Code: {code}", $"  Message: {error.RootElement.GetProperty("message").GetString()}"];
        if (error.RootElement.TryGetProperty("details", out _))
        {
            lines.Add("  Details:");
        }

        return run with { Errors = lines };
    }
}
