using Microsoft.Extensions.DependencyInjection;
using WorkerPool;

#region objects
public sealed class WordList
{
    public HashSet<string> Words { get; } = ["cake", "tea"];
}

public sealed class Services : IWorkerServices
{
    public void Configure(IServiceCollection services) => services.AddSingleton<WordList>();
}

public sealed class Speller(WordList list) : IDisposable
{
    private readonly Dictionary<string, int> _asked = [];

    [WorkerFunction("check_word", Summary = "Whether a word is right, and how often this worker was asked for it.")]
    public (bool IsRight, int Asked) Check(string word)
    {
        _asked[word] = _asked.GetValueOrDefault(word) + 1;
        return (list.Words.Contains(word), _asked[word]);
    }

    public void Dispose() => _asked.Clear();
}
#endregion
