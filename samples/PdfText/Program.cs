using WorkerPool.Local;

Directory.CreateDirectory("letters");
await using var pool = await LocalPool.StartAsync();

string[] letters = await pool.MapAsync(Letters.Write, ["Ada", "Grace", "Edsger"]);
PageText[][] texts = await pool.MapAsync(PdfTexts.Read, letters);
foreach (var (letter, pages) in letters.Zip(texts))
{
    Console.WriteLine($"{letter}: {string.Join(" | ", pages.Select(page => page.Text))}");
}
