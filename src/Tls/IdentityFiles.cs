namespace WorkerPool.Tls;

/// <summary>Where a program's part of mutual TLS is: three files in PEM form, and the name of the other.</summary>
/// <param name="Certificate">Path of its certificate, with those between it and the CA.</param>
/// <param name="Key">Path of the certificate's key, without a passphrase.</param>
/// <param name="Ca">Path of the certificates of those who sign the other's.</param>
/// <param name="PeerName">The DNS name on the other's certificate.</param>
public sealed record IdentityFiles(string Certificate, string Key, string Ca, string PeerName)
{
    /// <summary>Whether any of the files is given.</summary>
    public bool AreGiven => Certificate.Length > 0 || Key.Length > 0 || Ca.Length > 0;

    /// <summary>Whether nothing is missing: all of them and the name are given, or none of the files.</summary>
    public bool AreComplete => !AreGiven || (Certificate.Length > 0 && Key.Length > 0 && Ca.Length > 0 && PeerName.Length > 0);

    /// <summary>Reads them, and again when they have changed and are looked at.</summary>
    /// <param name="section">Name of the settings, for messages.</param>
    /// <param name="time">The clock that certificates expire by.</param>
    /// <param name="faults">Takes what is wrong.</param>
    /// <returns>What they hold; <c>null</c> when none is given, or something is wrong.</returns>
    public ReloadedFiles<PinnedIdentity>? Read(string section, TimeProvider time, ICollection<string> faults)
    {
        if (!AreGiven)
        {
            return null;
        }

        if (!AreComplete)
        {
            faults.Add($"{section} has some of Certificate, Key and Ca, or an empty name of the other side; expected all of them, or none.");
            return null;
        }

        string[] paths = [Certificate, Key, Ca];
        try
        {
            return new ReloadedFiles<PinnedIdentity>(paths, contents => PinnedIdentity.Read(paths, contents, PeerName, time.GetUtcNow()));
        }
        catch (UnusableFileException error)
        {
            faults.Add($"{section}: {error.Message.TrimEnd('.')}.");
            return null;
        }
    }
}
