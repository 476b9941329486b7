using System.Globalization;
using System.Text.RegularExpressions;

namespace WorkerPool.Supervisor.Launching.Keepers.Slices;

/// <summary>A service of Kubernetes.</summary>
/// <param name="Namespace">Its namespace; empty: that of whoever asks.</param>
/// <param name="Name">Its name.</param>
internal sealed partial record ServiceName(string Namespace, string Name)
{
    /// <summary>Reads one.</summary>
    /// <param name="text">NAME or NAMESPACE/NAME.</param>
    /// <returns>The service; <c>null</c>: the text is none.</returns>
    public static ServiceName? TryRead(string text)
    {
        var match = Pattern().Match(text);
        return match.Success ? new ServiceName(match.Groups["namespace"].Value, match.Groups["name"].Value) : null;
    }

    /// <summary>Whether a text is the name of a port, or a number that a port can have.</summary>
    /// <param name="text">The text.</param>
    public static bool IsPort(string text) => text.All(char.IsAsciiDigit)
        ? ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
        : Label().IsMatch(text);

    /// <summary>The same, in a namespace that is known.</summary>
    /// <param name="namespace">The namespace of whoever asks.</param>
    public ServiceName In(string @namespace) => Namespace.Length > 0 ? this : this with { Namespace = @namespace };

    /// <inheritdoc/>
    public override string ToString() => Namespace.Length > 0 ? $"the service {Name} in the namespace {Namespace}" : $"the service {Name}";

    [GeneratedRegex(@"\A((?<namespace>[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)/)?(?<name>[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)\z")]
    private static partial Regex Pattern();

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\z")]
    private static partial Regex Label();
}
