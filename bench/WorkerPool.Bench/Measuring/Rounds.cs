using System.Globalization;

namespace WorkerPool.Bench.Measuring;

/// <summary>
/// Runs the contenders of a scenario one after another, again and again: A B C, A B C. What changes slowly on the machine
/// then meets all of them alike.
/// </summary>
/// <param name="plan">How often.</param>
/// <param name="progress">Is told what runs.</param>
internal sealed class Rounds(Plan plan, Action<string> progress)
{
    /// <summary>Runs a scenario.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<Measurements> RunAsync(Scenarios.Scenario scenario, CancellationToken cancellation)
    {
        var measurements = new Measurements();
        var contenders = new List<Contender>();
        foreach (var contender in scenario.Contenders)
        {
            if (await contender.MissingAsync() is { } reason)
            {
                measurements.Missing.Add(contender.Name, reason);
            }
            else
            {
                contenders.Add(contender);
            }
        }

        contenders.RemoveAll(contender => !scenario.Cases.Any(contender.Takes.Invoke));
        for (var round = 1; round <= plan.Rounds; round++)
        {
            foreach (var contender in contenders.ToList())
            {
                var start = TimeProvider.System.GetTimestamp();
                try
                {
                    List<string> cases = [.. scenario.Cases.Where(contender.Takes.Invoke)];
                    foreach (var reading in await ContenderRun.RunAsync(contender, plan.Order(contender.Work, cases), cancellation))
                    {
                        measurements.Add(contender.Name, reading);
                    }
                }
                catch (BrokenContenderException broken)
                {
                    measurements.Breakages.Add($"{scenario.Name}: {broken.Message}");
                    contenders.Remove(contender);
                }

                progress(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{scenario.Name}: round {round} of {plan.Rounds}: {contender.Name}: {TimeProvider.System.GetElapsedTime(start).TotalSeconds:F1} s"));
            }
        }

        return measurements;
    }
}
