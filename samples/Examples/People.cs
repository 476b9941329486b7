using WorkerPool;

#region record
public sealed record Person(string Name, int? Born = null);

public sealed record Greeting(string Text);

public static class People
{
    [WorkerFunction("greet", Summary = "Greets a person.")]
    public static Greeting Greet(Person person) => new($"Hello, {person.Name}!");
}
#endregion
