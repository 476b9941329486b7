using SkiaSharp;

/// <summary>Makes pictures to begin with.</summary>
public static class Pictures
{
    public static string Draw(string path)
    {
        using var picture = new SKBitmap(1200, 900);
        using var canvas = new SKCanvas(picture);
        using var paint = new SKPaint { IsAntialias = true };
        var random = new Random(path.Length);
        canvas.Clear(SKColors.White);
        for (var circle = 0; circle < 50; circle++)
        {
            paint.Color = SKColor.FromHsv(random.Next(360), 80, 90);
            canvas.DrawCircle(random.Next(picture.Width), random.Next(picture.Height), random.Next(20, 150), paint);
        }

        using var data = picture.Encode(SKEncodedImageFormat.Png, quality: 100);
        File.WriteAllBytes(path, data.Span);
        return path;
    }
}
