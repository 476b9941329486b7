using System.Reflection;
using WorkerPool.V1;

namespace WorkerPool.WorkerHost.Functions.Describing;

/// <summary>
/// All that is known of the functions of a worker. It takes a moment, so it is found out when somebody asks, and not at the start.
/// </summary>
/// <param name="catalogue">The functions.</param>
internal sealed class FunctionDetails(FunctionCatalogue catalogue)
{
    /// <summary>Describes functions.</summary>
    /// <param name="name">Name of the one that is wanted; empty: all of them.</param>
    /// <returns>Descriptions by name; none where there is none of that name.</returns>
    public IReadOnlyList<Function> Of(string name)
    {
        var files = new Dictionary<Assembly, DocumentationFile>();
        return [.. catalogue.Functions.Where(function => name.Length == 0 || function.Name == name).Select(function => Describe(function, files))];
    }

    private static Function Describe(WorkerFunction function, Dictionary<Assembly, DocumentationFile> files)
    {
        var description = function.Description.Clone();
        if (function.Method is not { } method)
        {
            return description;
        }

        var assembly = method.Module.Assembly;
        if (!files.TryGetValue(assembly, out var file))
        {
            files[assembly] = file = DocumentationFile.Beside(assembly);
        }

        var documentation = file.Of(method);
        if (description.Summary.Length == 0)
        {
            description.Summary = documentation.Summary;
        }

        description.ValueSummary = documentation.Returns;
        description.ValueSchema = JsonSchemas.OfValue(method);
        var parameters = method.GetParameters().Where(SignatureRules.IsOfItem);
        foreach (var (parameter, described) in parameters.Zip(description.Parameters))
        {
            described.Summary = documentation.Parameter(described.Name);
            described.Schema = JsonSchemas.Of(parameter);
        }

        return description;
    }
}
