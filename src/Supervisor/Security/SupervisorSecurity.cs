using System.Text;

namespace WorkerPool.Supervisor.Security;

/// <summary>All of a Supervisor's security, read and checked: its certificate, its callers. Disposing it ends the watch over the files.</summary>
public sealed class SupervisorSecurity : IDisposable
{
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(1);
    private readonly ReloadedFiles<ServerCertificate>? _certificate;
    private readonly ReloadedFiles<CallerList>? _callers;

    private SupervisorSecurity(SecurityOptions options, ReloadedFiles<ServerCertificate>? certificate, ReloadedFiles<CallerList>? callers)
    {
        Options = options;
        _certificate = certificate;
        _callers = callers;
        Tls = certificate is null ? null : new ServerTls(certificate);
    }

    /// <summary>Where it all comes from.</summary>
    internal SecurityOptions Options { get; }

    /// <summary>TLS; <c>null</c>: there is no certificate.</summary>
    internal ServerTls? Tls { get; }

    /// <summary>The callers that are known now; <c>null</c>: nobody is asked who they are.</summary>
    internal CallerList? Callers => _callers?.Current;

    /// <summary>None: whoever reaches the Supervisor may do everything.</summary>
    public static SupervisorSecurity Open() => new(new SecurityOptions(), null, null);

    /// <summary>Reads it.</summary>
    /// <param name="options">Where it is.</param>
    /// <param name="time">The clock that certificates and tokens expire by.</param>
    /// <param name="faults">Takes all that is wrong.</param>
    public static SupervisorSecurity Read(SecurityOptions options, TimeProvider time, ICollection<string> faults)
    {
        if (options.ReloadInterval <= TimeSpan.Zero || options.ReloadInterval > LongestInterval)
        {
            faults.Add($"{SecurityOptions.Section}:ReloadInterval is \"{options.ReloadInterval}\"; expected above zero, to a day.");
        }

        if (options.Certificate.Length > 0 != options.Key.Length > 0)
        {
            var (given, missing) = options.Certificate.Length > 0 ? ("Certificate", "Key") : ("Key", "Certificate");
            faults.Add($"{SecurityOptions.Section}:{given} is given without {SecurityOptions.Section}:{missing}; expected both, or none.");
        }

        if (options.ClientCa.Length > 0 && (options.Certificate.Length == 0 || options.Callers.Length == 0))
        {
            faults.Add($"{SecurityOptions.Section}:ClientCa has no use without {SecurityOptions.Section}:Certificate and Callers: it says who signs the certificates of callers.");
        }

        string[] paths = options.ClientCa.Length > 0 ? [options.Certificate, options.Key, options.ClientCa] : [options.Certificate, options.Key];
        return new SupervisorSecurity(
            options,
            options.Certificate.Length > 0 && options.Key.Length > 0
                ? Load("Certificate", paths, contents => ServerCertificate.Read(options, contents, time.GetUtcNow()), faults)
                : null,
            options.Callers.Length > 0 ? Load("Callers", [options.Callers], contents => CallersIn(options.Callers, contents[0]), faults) : null);
    }

    /// <summary>Begins to look at the files.</summary>
    /// <param name="time">Tells when.</param>
    /// <param name="log">Takes note.</param>
    internal void Watch(TimeProvider time, ILogger log)
    {
        _certificate?.Watch(Options.ReloadInterval, time, log);
        _callers?.Watch(Options.ReloadInterval, time, log);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _certificate?.Dispose();
        _callers?.Dispose();
    }

    private static ReloadedFiles<T>? Load<T>(string setting, string[] paths, Func<IReadOnlyList<byte[]>, T> read, ICollection<string> faults)
        where T : class
    {
        try
        {
            return new ReloadedFiles<T>(paths, read);
        }
        catch (UnusableFileException error)
        {
            faults.Add($"{SecurityOptions.Section}:{setting}: {error.Message.TrimEnd('.')}.");
            return null;
        }
    }

    private static CallerList CallersIn(string path, byte[] content)
    {
        var lines = CallerFile.Read(Encoding.UTF8.GetString(content), out var faults);
        return faults.Count == 0 ? new CallerList(lines) : throw new UnusableFileException($"{path}, {string.Join(" ", faults)}");
    }
}
