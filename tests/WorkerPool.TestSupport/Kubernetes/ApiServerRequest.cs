namespace WorkerPool.TestSupport.Kubernetes;

/// <summary>What the API server was asked.</summary>
/// <param name="Namespace">The namespace of the slices.</param>
/// <param name="Parameters">The parameters of its query.</param>
/// <param name="Token">The token that was shown; <c>null</c>: none.</param>
/// <param name="Protocol">The protocol, such as HTTP/1.1.</param>
public sealed record ApiServerRequest(string Namespace, IReadOnlyDictionary<string, string> Parameters, string? Token, string Protocol)
{
    /// <summary>list or watch, as rights are called.</summary>
    public string Verb => Parameters.GetValueOrDefault("watch") is "true" or "1" ? "watch" : "list";

    /// <summary>A parameter; empty: it was not given.</summary>
    public string this[string name] => Parameters.GetValueOrDefault(name, "");
}
