using Microsoft.Extensions.Logging.Console;

namespace WorkerPool.WorkerHost.Hosting;

/// <summary>Logs on stdout: text on a terminal, or what <c>Logging:Console:FormatterName</c> says, such as JSON in containers.</summary>
internal static class ConsoleLogs
{
    /// <summary>Name of the section in the configuration.</summary>
    public const string Section = "Logging";

    // The host says with a stack trace what the program says in a line.
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";

    /// <summary>Adds them, in place of whatever a host has added.</summary>
    /// <param name="logging">The logs.</param>
    /// <param name="settings">The section.</param>
    public static ILoggingBuilder Add(ILoggingBuilder logging, IConfiguration settings)
    {
        logging.ClearProviders().AddConfiguration(settings).AddConsole().AddFilter(HostCategory, LogLevel.None);

        // Hosts choose one by code, which would count for more than settings.
        logging.Services.PostConfigure<ConsoleLoggerOptions>(console => console.FormatterName = settings["Console:FormatterName"] ?? ConsoleFormatterNames.Simple);
        return logging;
    }
}
