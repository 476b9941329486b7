using System.CommandLine;
using WorkerPool.Cli.Running;
using WorkerPool.Client;

namespace WorkerPool.Cli.Commands;

/// <summary>
/// The options that say how to reach a pool and what to show it. What they leave open the environment says, and then the profile.
/// A token is no option: the command line is for everybody on the machine to see.
/// </summary>
internal sealed class ConnectionOptions
{
    private readonly Option<string?> _address;

    private readonly Option<string?> _profile = Profile();

    private readonly Option<string?> _tokenFile = new("--token-file")
    {
        Description = "A file with the token to show. Default: WORKERPOOL_TOKEN or WORKERPOOL_TOKEN_FILE.",
        HelpName = "PATH",
    };

    private readonly Option<string?> _ca = new("--ca")
    {
        Description = "The CA of the pool's certificate, in PEM form. Default: WORKERPOOL_CA, or those that the system trusts.",
        HelpName = "PATH",
    };

    private readonly Option<string?> _certificate = new("--certificate")
    {
        Description = "A certificate to show, in PEM form. Default: WORKERPOOL_CERTIFICATE.",
        HelpName = "PATH",
    };

    private readonly Option<string?> _key = new("--key")
    {
        Description = "The certificate's key, in PEM form. Default: WORKERPOOL_KEY.",
        HelpName = "PATH",
    };

    /// <summary>The options.</summary>
    /// <param name="description">What the address is for.</param>
    public ConnectionOptions(string description) => _address = new("--address") { Description = description, HelpName = "URL" };

    /// <summary>The profile, where it is named before the command: <c>workerpool --profile prod jobs</c>.</summary>
    public static Option<string?> ProfileBefore { get; } = Profile();

    private Option<string?>[] All => [_address, _profile, _tokenFile, _ca, _certificate, _key];

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Add(option);
        }
    }

    /// <summary>The first of them that is given on the command line; <c>null</c> if none is.</summary>
    public string? FirstGiven(ParseResult parsed) => Array.Find([.. All, ProfileBefore], option => parsed.GetValue(option) is not null)?.Name;

    /// <summary>What they, the environment and the profile say.</summary>
    /// <exception cref="ProfileException">The profile cannot be used.</exception>
    public PoolProfile Read(ParseResult parsed) => PoolProfile.Load(new PoolProfile
    {
        Name = parsed.GetValue(_profile) ?? parsed.GetValue(ProfileBefore),
        Addresses = parsed.GetValue(_address)?.Split(',', StringSplitOptions.TrimEntries) ?? [],
        TokenFile = parsed.GetValue(_tokenFile),
        CaFile = parsed.GetValue(_ca),
        CertificateFile = parsed.GetValue(_certificate),
        KeyFile = parsed.GetValue(_key),
    });

    /// <summary>Connects, and explains what cannot be connected with.</summary>
    /// <exception cref="UsageException">An address is none, or a file cannot be used.</exception>
    public static T Connect<T>(Func<T> connect)
    {
        try
        {
            return connect();
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message.Split(" (Parameter")[0]);
        }
    }

    private static Option<string?> Profile() => new("--profile")
    {
        Description = "The profile of the file of profiles to use. Default: WORKERPOOL_PROFILE, or the one that the file says.",
        HelpName = "NAME",
    };
}
