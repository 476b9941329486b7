using WorkerPool.WorkerHost.Tests.Hosting;

namespace WorkerPool.WorkerHost.Tests.Session;

internal static class SessionAnswers
{
    /// <summary>Collects results until so many items are answered or handed back.</summary>
    public static async Task<Answers> AnswersAsync(this SessionUnderTest session, int count)
    {
        var answers = new Answers();
        while (answers.Values.Count + answers.Returned < count)
        {
            if ((await session.Responses.NextAsync()).Results is { } results)
            {
                answers.Add(results);
            }
        }

        return answers;
    }
}
