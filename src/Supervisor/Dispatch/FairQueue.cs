namespace WorkerPool.Supervisor.Dispatch;

/// <summary>
/// Whose turn it is: start-time fair queueing by worker time (Goyal, Vin and Cheng, 1996). Each member has a virtual
/// time that advances by the worker time it used over its weight; the one furthest behind is next. A member that
/// had nothing to do does not save up turns: it comes back at the present virtual time. Pure; one thread.
/// </summary>
/// <typeparam name="T">The members.</typeparam>
internal sealed class FairQueue<T>
    where T : class
{
    private readonly Dictionary<T, Member> _members = [];
    private readonly PriorityQueue<Member, (double VirtualTime, long Turn)> _waiting = new();
    private double _now;
    private long _turn;

    /// <summary>Members.</summary>
    public IReadOnlyCollection<T> Members => _members.Keys;

    /// <summary>Whether nobody waits for a turn.</summary>
    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>Adds a member that does not wait yet.</summary>
    /// <param name="value">The member.</param>
    /// <param name="weight">Its share in proportion to others'. Range: above zero.</param>
    public void Add(T value, double weight = 1) => _members.Add(value, new Member(value, weight, _now));

    /// <summary>Removes a member, waiting or not.</summary>
    /// <param name="value">The member.</param>
    public void Remove(T value)
    {
        if (_members.Remove(value, out var member))
        {
            member.Removed = true;
        }
    }

    /// <summary>Makes a member wait for a turn, if it does not wait already.</summary>
    /// <param name="value">The member.</param>
    public void Wait(T value)
    {
        if (_members.TryGetValue(value, out var member) && !member.Waiting)
        {
            member.VirtualTime = Math.Max(member.VirtualTime, _now);
            Enqueue(member);
        }
    }

    /// <summary>Advances a member's virtual time; a negative charge corrects an earlier one.</summary>
    /// <param name="value">The member.</param>
    /// <param name="workerTime">Worker time, in any one unit.</param>
    public void Charge(T value, double workerTime)
    {
        if (!_members.TryGetValue(value, out var member))
        {
            return;
        }

        member.VirtualTime += workerTime / member.Weight;
        if (member.Waiting && member.VirtualTime < member.Place.VirtualTime)
        {
            // It moves forward in the queue; its old place there is void.
            Enqueue(member);
        }
    }

    /// <summary>Takes the member whose turn it is. It waits again when <see cref="Wait"/> is called for it.</summary>
    /// <param name="value">The member.</param>
    public bool TryNext([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? value)
    {
        while (_waiting.TryDequeue(out var member, out var place))
        {
            if (member.Removed || place != member.Place)
            {
                continue;
            }

            if (member.VirtualTime > place.VirtualTime)
            {
                // It was charged while it waited: its place is further back.
                Enqueue(member);
                continue;
            }

            member.Waiting = false;
            member.Place = default;
            _now = Math.Max(_now, member.VirtualTime);
            value = member.Value;
            return true;
        }

        value = null;
        return false;
    }

    private void Enqueue(Member member)
    {
        member.Waiting = true;
        member.Place = (member.VirtualTime, _turn++);
        _waiting.Enqueue(member, member.Place);
    }

    private sealed class Member(T value, double weight, double virtualTime)
    {
        public T Value { get; } = value;

        public double Weight { get; } = weight;

        public double VirtualTime { get; set; } = virtualTime;

        public bool Waiting { get; set; }

        public (double VirtualTime, long Turn) Place { get; set; }

        public bool Removed { get; set; }
    }
}
