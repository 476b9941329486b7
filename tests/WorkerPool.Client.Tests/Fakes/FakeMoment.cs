namespace WorkerPool.Client.Tests.Fakes;

/// <summary>A point in the life of a stream at which it can be cut.</summary>
/// <param name="Generation">Which stream of its job it is.</param>
/// <param name="Phase">What is about to happen, or has.</param>
/// <param name="Answered">Items that this stream has answered.</param>
public readonly record struct FakeMoment(uint Generation, FakePhase Phase, ulong Answered);

/// <summary>What is about to happen on a stream, or has.</summary>
public enum FakePhase
{
    /// <summary>The start came; it is not answered.</summary>
    Starting,

    /// <summary>The window has been granted.</summary>
    Started,

    /// <summary>Items came; they are not answered.</summary>
    Received,

    /// <summary>Some of the items have been answered.</summary>
    Answered,

    /// <summary>All is answered and the input has ended; the summary is not sent.</summary>
    Summarizing,

    /// <summary>The summary has been sent, the status has not.</summary>
    Summarized,
}
