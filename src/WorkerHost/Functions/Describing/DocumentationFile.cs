using System.Reflection;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace WorkerPool.WorkerHost.Functions.Describing;

/// <summary>The XML documentation that a compiler has written beside a library. Without one nothing is known.</summary>
internal sealed class DocumentationFile
{
    private readonly Dictionary<string, XElement> _members = new(StringComparer.Ordinal);

    private DocumentationFile(XDocument? document)
    {
        foreach (var member in document?.Descendants("member") ?? [])
        {
            if (member.Attribute("name")?.Value is { } name)
            {
                _members[name] = member;
            }
        }
    }

    /// <summary>Reads the file beside a library; one that is not there, or cannot be read, says nothing.</summary>
    /// <param name="assembly">The library.</param>
    public static DocumentationFile Beside(Assembly assembly)
    {
        var path = assembly.Location.Length > 0 ? Path.ChangeExtension(assembly.Location, ".xml") : "";
        try
        {
            return new DocumentationFile(File.Exists(path) ? XDocument.Load(path) : null);
        }
        catch (Exception error) when (error is XmlException or IOException or UnauthorizedAccessException)
        {
            return new DocumentationFile(null);
        }
    }

    /// <summary>What it says of a method.</summary>
    /// <param name="method">The method.</param>
    public MethodDocumentation Of(MethodInfo method)
    {
        var member = _members.GetValueOrDefault(DocumentationName.Of(method));
        return new MethodDocumentation(
            Text(member?.Element("summary")),
            Text(member?.Element("returns")),
            (member?.Elements("param") ?? []).ToLookup(element => element.Attribute("name")?.Value ?? "", Text, StringComparer.Ordinal));
    }

    // One line of plain text: what is referred to by its last name, white space as a reader would show it.
    private static string Text(XElement? element)
    {
        var text = new StringBuilder();
        foreach (var node in element?.DescendantNodes() ?? [])
        {
            text.Append(node switch
            {
                XText plain => plain.Value,
                XElement { IsEmpty: true } reference => Reference(reference),
                XElement { Name.LocalName: "para" or "item" or "br" } => " ",
                _ => "",
            });
        }

        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Reference(XElement element)
    {
        var name = (element.Attribute("langword") ?? element.Attribute("name") ?? element.Attribute("cref") ?? element.Attribute("href"))?.Value ?? " ";
        return element.Attribute("cref") is null ? name : name.Split('(')[0].Split('.', ':')[^1].Split('`')[0];
    }
}

/// <summary>What is written of a method; empty where nothing is.</summary>
/// <param name="Summary">What it does.</param>
/// <param name="Returns">What it gives.</param>
/// <param name="Parameters">What its parameters are, by name.</param>
internal sealed record MethodDocumentation(string Summary, string Returns, ILookup<string, string> Parameters)
{
    /// <summary>What a parameter is.</summary>
    /// <param name="name">Its name.</param>
    public string Parameter(string name) => Parameters[name].FirstOrDefault() ?? "";
}
