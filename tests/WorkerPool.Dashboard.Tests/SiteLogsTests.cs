using Microsoft.Extensions.Logging;
using WorkerPool.Dashboard.Hosting;

namespace WorkerPool.Dashboard.Tests;

public sealed class SiteLogsTests : IDisposable
{
    private readonly Lines _lines = new();
    private readonly ILoggerFactory _host;
    private readonly SiteLogs _logs;

    public SiteLogsTests()
    {
        _host = LoggerFactory.Create(logging => logging.AddProvider(_lines));
        _logs = new SiteLogs(_host);
    }

    [Fact]
    public void What_pages_run_into_is_logged_by_the_host_until_the_dashboard_is_taken_down()
    {
        var log = _logs.CreateLogger("Pages");
        Log("a page broke");
        Assert.True(log.IsEnabled(LogLevel.Error));
        _logs.End();
        Log("its services are gone");
        Assert.False(log.IsEnabled(LogLevel.Error));
        Assert.Equal(["Pages: a page broke"], _lines.All);

        void Log(string text) => log.Log(LogLevel.Error, 1, text, null, (state, _) => state);
    }

    public void Dispose()
    {
        _logs.Dispose();
        _host.Dispose();
        _lines.Dispose();
    }

    private sealed class Lines : ILoggerProvider
    {
        public List<string> All { get; } = [];

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void Dispose()
        {
        }

        private sealed class Logger(Lines lines, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                lines.All.Add($"{category}: {formatter(state, exception)}");
        }
    }
}
