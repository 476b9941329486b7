using System.Text.Json;
using F23.StringSimilarity;
using WorkerPool.Client.Errors;
using WorkerPool.Protocol.Errors;

namespace WorkerPool.Client.Profiles;

/// <summary>The file of profiles: JSON, profiles by name, and which of them is used where none is named.</summary>
internal sealed class ProfileFile
{
    private const int NearEnough = 3;
    private const UnixFileMode OfOthers =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private static readonly string[] TopFields = ["profile", "profiles"];
    private static readonly string[] Fields = ["address", "token", "tokenFile", "ca", "certificate", "key"];

    private readonly string? _path;
    private readonly bool _exists;
    private readonly string? _default;
    private readonly Dictionary<string, PoolProfile> _profiles = new(StringComparer.Ordinal);

    private ProfileFile(string? path, JsonElement root)
    {
        _path = path;
        _exists = root.ValueKind != JsonValueKind.Undefined;
        if (!_exists)
        {
            return;
        }

        foreach (var property in Properties(root, "the file", TopFields))
        {
            if (property.Name == "profile")
            {
                _default = Text(property, "");
                continue;
            }

            foreach (var profile in Properties(property.Value, "profiles", null))
            {
                _profiles[profile.Name] = Read(profile);
            }
        }
    }

    /// <summary>Reads it.</summary>
    /// <param name="path">Where it is said to be; it has to be there. <c>null</c>: nothing says.</param>
    /// <param name="defaultPath">Where it is otherwise, if it is anywhere.</param>
    /// <exception cref="ProfileException">It cannot be used.</exception>
    public static ProfileFile Read(string? path, string? defaultPath)
    {
        if (path is null && (defaultPath is null || !File.Exists(defaultPath)))
        {
            return new ProfileFile(defaultPath, default);
        }

        var file = path ?? defaultPath!;
        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllText(file), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return new ProfileFile(file, document.RootElement);
        }
        catch (JsonException e)
        {
            throw Invalid($"{file} is not JSON: {JsonProblem.Describe(e)}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Invalid($"{file} cannot be read: {e.Message}");
        }
    }

    /// <summary>A profile.</summary>
    /// <param name="name">Its name; <c>null</c>: the one that the file says, if it says one.</param>
    /// <exception cref="ProfileException">There is none of that name.</exception>
    public PoolProfile? Find(string? name)
    {
        if ((name ?? _default) is not { } wanted)
        {
            return null;
        }

        if (_profiles.TryGetValue(wanted, out var profile))
        {
            return profile;
        }

        var where = !_exists ? $"There is no file of profiles{(_path is null ? "" : $" {_path}")}" : _profiles.Count == 0 ? $"{_path} has no profiles" : $"{_path} has no profile \"{wanted}\"";
        throw Invalid(_profiles.Count == 0 ? $"{where}, and \"{wanted}\" was asked for." : $"{where}.{Near(wanted, _profiles.Keys)}");
    }

    private static ProfileException Invalid(string message) => new(ClientReasons.ProfileInvalid, message);

    private static string Near(string wanted, IEnumerable<string> known)
    {
        var distance = new Damerau();
        var near = known.MinBy(each => distance.Distance(each, wanted))!;
        return distance.Distance(near, wanted) <= NearEnough
            ? $" Did you mean \"{near}\"?"
            : $" There are: {string.Join(", ", known.Order(StringComparer.Ordinal))}.";
    }

    private PoolProfile Read(JsonProperty profile)
    {
        var place = $"profile \"{profile.Name}\"";
        var fields = Properties(profile.Value, place, Fields).ToDictionary(field => field.Name, field => Text(field, place));
        if (fields.ContainsKey("token") && !OperatingSystem.IsWindows() && (File.GetUnixFileMode(_path!) & OfOthers) != UnixFileMode.None)
        {
            throw Invalid($"{_path} has a token in it, and others than its owner may read or change it. Say: chmod 600 {_path}");
        }

        return new PoolProfile
        {
            Name = profile.Name,
            Addresses = fields.GetValueOrDefault("address")?.Split(',', StringSplitOptions.TrimEntries) ?? [],
            Token = fields.GetValueOrDefault("token"),
            TokenFile = PathOf("tokenFile"),
            CaFile = PathOf("ca"),
            CertificateFile = PathOf("certificate"),
            KeyFile = PathOf("key"),
        };

        // A path is read from where the file is.
        string? PathOf(string field) =>
            fields.TryGetValue(field, out var text) ? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(_path!))!, text) : null;
    }

    private IEnumerable<JsonProperty> Properties(JsonElement element, string place, string[]? known)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Invalid($"{_path}: {place} is not an object.");
        }

        foreach (var property in element.EnumerateObject())
        {
            yield return known is null || known.Contains(property.Name)
                ? property
                : throw Invalid($"{_path}: {place} has no \"{property.Name}\".{Near(property.Name, known)}");
        }
    }

    private string Text(JsonProperty property, string place) => property.Value.ValueKind == JsonValueKind.String && property.Value.GetString() is { Length: > 0 } text
        ? text
        : throw Invalid($"{_path}: {place} \"{property.Name}\" is not a text.".Replace(":  ", ": ", StringComparison.Ordinal));
}
