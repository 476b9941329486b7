namespace WorkerPool.Manifests.Tests;

/// <summary>A test of the base and of every overlay.</summary>
public abstract class OverlayTest
{
    public static TheoryData<string> Overlays => [.. Building.Repository.Overlays];
}
