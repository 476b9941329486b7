using WorkerPool.Local;

await using var pool = await LocalPool.StartAsync();
var most = await pool.ImapAsync(StepsToOne, Enumerable.Range(1, 1_000_000)).MaxAsync();
Console.WriteLine($"The longest way to 1 has {most} steps.");

static int StepsToOne(int start)
{
    var steps = 0;
    for (long number = start; number != 1; steps++)
    {
        number = number % 2 == 0 ? number / 2 : (number * 3) + 1;
    }
    return steps;
}
