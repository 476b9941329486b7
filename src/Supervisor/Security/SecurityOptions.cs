namespace WorkerPool.Supervisor.Security;

/// <summary>Who may call a Supervisor, and how it shows who it is.</summary>
public sealed class SecurityOptions
{
    /// <summary>Name of the section in the configuration.</summary>
    public const string Section = "Security";

    /// <summary>Path of its certificate in PEM form, with those between it and its CA. Default: empty, none.</summary>
    public string Certificate { get; set; } = "";

    /// <summary>Path of the certificate's key in PEM form, without a passphrase. Default: empty, none.</summary>
    public string Key { get; set; } = "";

    /// <summary>Path of the certificates, in PEM form, of those who sign the certificates of callers. Default: empty, callers
    /// are asked for none.</summary>
    public string ClientCa { get; set; } = "";

    /// <summary>Path of the file of callers. Default: empty, whoever reaches the Supervisor may do everything.</summary>
    public string Callers { get; set; } = "";

    /// <summary>Whether it tells its protos by reflection. Default: yes.</summary>
    public bool Reflection { get; set; } = true;

    /// <summary>Names, beside localhost and addresses, under which browsers and others may ask for what is served over
    /// HTTP/1.1. Default: none.</summary>
    public IList<string> HttpHosts { get; set; } = [];

    /// <summary>How often the files are looked at for changes. Range: above zero, to a day. Default: 5 s.</summary>
    public TimeSpan ReloadInterval { get; set; } = TimeSpan.FromSeconds(5);
}
