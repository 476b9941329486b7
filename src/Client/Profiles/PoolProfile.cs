using WorkerPool.Client.Profiles;

namespace WorkerPool.Client;

/// <summary>
/// Where a pool is and what it is shown, from the environment and the file of profiles, so that no program has to hold it.
/// The environment: <c>WORKERPOOL_ADDRESS</c> (several with commas between), <c>WORKERPOOL_TOKEN</c>,
/// <c>WORKERPOOL_TOKEN_FILE</c>, <c>WORKERPOOL_CA</c>, <c>WORKERPOOL_CERTIFICATE</c>, <c>WORKERPOOL_KEY</c>,
/// <c>WORKERPOOL_PROFILE</c>, and <c>WORKERPOOL_CONFIG</c> for the path of the file, which is
/// <c>~/.config/workerpool/config.json</c> otherwise.
/// </summary>
public sealed record PoolProfile
{
    /// <summary>Its name in the file. Default: <c>null</c>; the one that the file says, unless an address is given.</summary>
    public string? Name { get; init; }

    /// <summary>Where the pool is. Default: empty, nothing says.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>As <see cref="PoolOptions.Token"/>. Default: <c>null</c>, none.</summary>
    public string? Token { get; init; }

    /// <summary>As <see cref="PoolOptions.TokenFile"/>. Default: <c>null</c>, none.</summary>
    public string? TokenFile { get; init; }

    /// <summary>As <see cref="PoolOptions.CaFile"/>. Default: <c>null</c>, those that the system trusts.</summary>
    public string? CaFile { get; init; }

    /// <summary>As <see cref="PoolOptions.CertificateFile"/>. Default: <c>null</c>, none.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>As <see cref="PoolOptions.KeyFile"/>. Default: <c>null</c>, none.</summary>
    public string? KeyFile { get; init; }

    /// <summary>What the environment and the file of profiles say.</summary>
    /// <param name="name">Name of the profile. Default: that of <c>WORKERPOOL_PROFILE</c>, else the one the file says.</param>
    /// <exception cref="ProfileException">There is no such profile, or the file cannot be used.</exception>
    public static PoolProfile Load(string? name = null) => Load(new PoolProfile { Name = name });

    /// <summary>
    /// What is given, and for the rest what the environment says, and then the profile. Where an address is given and no
    /// profile named, none is used: its token is for its own pool.
    /// </summary>
    /// <param name="given">What is given.</param>
    /// <exception cref="ProfileException">There is no such profile, or the file cannot be used.</exception>
    public static PoolProfile Load(PoolProfile given) => Load(given, Environment.GetEnvironmentVariable);

    /// <summary>How to connect.</summary>
    /// <param name="options">What else there is to say. Default: all defaults.</param>
    public PoolOptions ToOptions(PoolOptions? options = null) => (options ?? new PoolOptions()) with
    {
        Token = Token,
        TokenFile = TokenFile,
        CaFile = CaFile,
        CertificateFile = CertificateFile,
        KeyFile = KeyFile,
    };

    /// <summary>All but what is secret.</summary>
    public override string ToString() => $"PoolProfile {{ Name = {Name}, Addresses = {string.Join(",", Addresses)} }}";

    internal static PoolProfile Load(PoolProfile given, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(given);
        var result = given.Or(new PoolProfile
        {
            Name = Text("WORKERPOOL_PROFILE"),
            Addresses = Text("WORKERPOOL_ADDRESS")?.Split(',', StringSplitOptions.TrimEntries) ?? [],
            Token = Text("WORKERPOOL_TOKEN"),
            TokenFile = Text("WORKERPOOL_TOKEN_FILE"),
            CaFile = Text("WORKERPOOL_CA"),
            CertificateFile = Text("WORKERPOOL_CERTIFICATE"),
            KeyFile = Text("WORKERPOOL_KEY"),
        });
        if (result.Name is null && result.Addresses.Count > 0)
        {
            return result;
        }

        var file = ProfileFile.Read(Text("WORKERPOOL_CONFIG"), DefaultPath(Text("XDG_CONFIG_HOME"), Text("HOME")));
        return file.Find(result.Name) is { } profile ? result.Or(profile) : result;

        string? Text(string variable) => environment(variable) is { Length: > 0 } text ? text : null;
    }

    private static string? DefaultPath(string? configHome, string? home)
    {
        var folder = configHome ?? (home is null ? null : Path.Combine(home, ".config"));
        return folder is null ? null : Path.Combine(folder, "workerpool", "config.json");
    }

    // What belongs together comes from one place: a token, a certificate with its key.
    private PoolProfile Or(PoolProfile other)
    {
        var token = Token is null && TokenFile is null ? other : this;
        var certificate = CertificateFile is null && KeyFile is null ? other : this;
        return new PoolProfile
        {
            Name = Name ?? other.Name,
            Addresses = Addresses.Count > 0 ? Addresses : other.Addresses,
            Token = token.Token,
            TokenFile = token.TokenFile,
            CaFile = CaFile ?? other.CaFile,
            CertificateFile = certificate.CertificateFile,
            KeyFile = certificate.KeyFile,
        };
    }
}
