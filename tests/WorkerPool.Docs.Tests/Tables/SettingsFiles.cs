using System.Text;
using Microsoft.Extensions.Configuration;
using WorkerPool.Docs.Tests.Pages;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Docs.Tests.Tables;

/// <summary>The settings files that pages show are read as they stand.</summary>
public sealed class SettingsFiles
{
    [Fact]
    public void A_settings_file_on_a_page_holds_known_and_valid_settings() => Assert.All(
        Repository.Pages.SelectMany(page => Page.Read(page).Blocks).Where(block => block.Language == "json"),
        block =>
        {
            using var text = new MemoryStream(Encoding.UTF8.GetBytes(block.Text));
            var configuration = new ConfigurationBuilder().AddJsonStream(text).Build();
            var pool = new PoolOptions();
            var listen = new ListenOptions();
            configuration.GetSection(PoolOptions.Section).Bind(pool, binder => binder.ErrorOnUnknownConfiguration = true);
            configuration.GetSection(ListenOptions.Section).Bind(listen, binder => binder.ErrorOnUnknownConfiguration = true);
            Assert.True(new PoolOptionsValidator().Validate(null, pool).Succeeded, block.Place);
            var security = new SecurityOptions();
            configuration.GetSection(SecurityOptions.Section).Bind(security, binder => binder.ErrorOnUnknownConfiguration = true);
            var faults = new List<string>();
            listen.Read(security, faults);
            Assert.True(faults.Count == 0, string.Join('\n', faults));
        });
}
