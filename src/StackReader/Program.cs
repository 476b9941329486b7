using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Diagnostics.Runtime;

[assembly: SuppressMessage("ApiDesign", "RS0030", Justification = "Its output is what it is for.")]

// The program that reads the managed stack of a thread of another process: WorkerPool.StackReader PROCESS THREAD. A
// program of its own, since reading another process's runtime takes native code that may crash: then there is no stack,
// and nothing else is lost. It prints a line a frame, the innermost first. Exit codes: 0 done, 1 there is none, 2 usage.
const int mostFrames = 40;
if (args is not [var process, var thread]
    || !int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var processId)
    || !uint.TryParse(thread, NumberStyles.None, CultureInfo.InvariantCulture, out var threadId))
{
    Console.Error.WriteLine("usage: WorkerPool.StackReader PROCESS THREAD");
    return 2;
}

using var target = DataTarget.AttachToProcess(processId, suspend: true);
var version = target.ClrVersions.First();

// The access library of a runtime lies beside it, of the same build.
var access = Path.Join(Path.GetDirectoryName(version.ModuleInfo.FileName), "libmscordaccore.so");
using var runtime = version.CreateRuntime(access, ignoreMismatch: true);
var frames = runtime.Threads.FirstOrDefault(candidate => candidate.OSThreadId == threadId)?.EnumerateStackTrace()
    .Select(frame => frame.Method?.Signature)
    .OfType<string>()
    .Take(mostFrames)
    .ToList();
foreach (var signature in frames ?? [])
{
    Console.WriteLine($"at {signature}");
}

return frames is { Count: > 0 } ? 0 : 1;
