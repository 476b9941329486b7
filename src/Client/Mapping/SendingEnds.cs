using System.Threading.Channels;

namespace WorkerPool.Client.Mapping;

/// <summary>Where the items of a job go once they are encoded, or have failed to be.</summary>
/// <param name="Outbox">Takes what is to be sent.</param>
/// <param name="Failures">Takes what failed on this side.</param>
/// <param name="MaxItemBytes">The largest item the pool takes, in bytes.</param>
/// <param name="StopOnFailure">Whether a failure ends the input.</param>
internal sealed record SendingEnds(Outbox Outbox, ChannelWriter<ReceivedRun> Failures, long MaxItemBytes, bool StopOnFailure);
