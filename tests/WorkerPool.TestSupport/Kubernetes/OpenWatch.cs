using System.Threading.Channels;

namespace WorkerPool.TestSupport.Kubernetes;

/// <summary>A watch that somebody has open.</summary>
/// <param name="service">The service whose slices are watched.</param>
/// <param name="takesBookmarks">Whether bookmarks were asked for.</param>
internal sealed class OpenWatch(string service, bool takesBookmarks)
{
    private readonly Channel<(string Text, WatchEnd End)> _texts = Channel.CreateUnbounded<(string, WatchEnd)>();

    /// <summary>The service whose slices are watched.</summary>
    public string Service => service;

    /// <summary>Whether bookmarks were asked for.</summary>
    public bool TakesBookmarks => takesBookmarks;

    /// <summary>What is to be sent, and how the watch goes on after it.</summary>
    public ChannelReader<(string Text, WatchEnd End)> Texts => _texts.Reader;

    /// <summary>Sends something.</summary>
    /// <param name="text">The text, with its line break.</param>
    /// <param name="end">How the watch goes on.</param>
    public void Send(string text, WatchEnd end = WatchEnd.None) => _texts.Writer.TryWrite((text, end));
}
