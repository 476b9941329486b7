using WorkerPool.Local;

Directory.CreateDirectory("pictures");
await using var pool = await LocalPool.StartAsync();

string[] pictures = await pool.MapAsync(Pictures.Draw, Enumerable.Range(1, 6).Select(number => $"pictures/{number}.png"));
var thumbnails = await pool.StarmapAsync(Thumbnails.Make, pictures.Select(picture => (picture, 128)));
foreach (var thumbnail in thumbnails)
{
    Console.WriteLine($"{thumbnail.Path}: {thumbnail.Width} x {thumbnail.Height}");
}
