using SkiaSharp;
using WorkerPool;

public sealed record Thumbnail(string Path, int Width, int Height);

public static class Thumbnails
{
    [WorkerFunction("thumbnail", Summary = "Writes a small picture beside a large one.")]
    public static Thumbnail Make(string path, int side = 128)
    {
        using var large = SKBitmap.Decode(path) ?? throw new InvalidDataException($"{path} is no picture.");
        var scale = Math.Min(1f, (float)side / Math.Max(large.Width, large.Height));
        var size = new SKSizeI((int)(large.Width * scale), (int)(large.Height * scale));
        using var small = large.Resize(size, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var data = small.Encode(SKEncodedImageFormat.Jpeg, quality: 85);

        // Whole or absent, and the same when an item is run again.
        var thumbnail = Path.ChangeExtension(path, ".small.jpg");
        var partial = $"{thumbnail}.{Guid.NewGuid():N}";
        File.WriteAllBytes(partial, data.Span);
        File.Move(partial, thumbnail, overwrite: true);
        return new Thumbnail(thumbnail, size.Width, size.Height);
    }
}
