using Google.Protobuf;
using Microsoft.Extensions.Time.Testing;
using WorkerPool.Processes;
using WorkerPool.Supervisor.Dispatch;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.Supervisor.Launching;
using WorkerPool.TestSupport;
using WorkerPool.V1;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Tests.Dispatch;

/// <summary>Whatever bytes come from workers, every item is answered exactly once, and the pool goes on.</summary>
public sealed class MangledAnswersTests
{
    private const int Items = 12;
    private const int Rounds = 12;
    private const int Cases = 20_000;

    [Fact]
    public void Every_item_is_answered_once_whatever_workers_send()
    {
        var (broken, killed, taken) = (0, 0, 0);
        FuzzRun.Run(Cases, chance =>
        {
            var pool = new MangledPool(chance);
            pool.Play();
            pool.Settle();
            broken += pool.BrokenMessages;
            killed += pool.KilledWorkers;
            taken += pool.TakenMangled;
        });

        // What never happens is not tested.
        Assert.True(broken > 0 && killed > 0 && taken > 0, $"{broken} messages broken, {killed} workers killed, {taken} mangled messages taken");
    }

    /// <summary>A scheduler, a job, and two workers whose messages are mangled.</summary>
    private sealed class MangledPool
    {
        private readonly Random _chance;
        private readonly Mangler _mangler;
        private readonly Queue<Action> _posted = new();
        private readonly List<Action> _later = [];
        private readonly Scheduler _scheduler;
        private readonly Job _job;
        private readonly List<FakeWorker> _workers = [];
        private readonly List<ulong> _answered = [];
        private readonly bool _isOrdered;
        private ulong _incarnations;

        public MangledPool(Random chance)
        {
            _chance = chance;
            _mangler = new Mangler(chance);
            _isOrdered = chance.Next(2) == 0;
            var time = new FakeTimeProvider();
            _scheduler = new Scheduler(
                new RerunPolicy(100, TimeSpan.Zero, time), TimeSpan.FromSeconds(2), _posted.Enqueue, (_, action) => _later.Add(action), time);
            _job = new SchedulerHost(_scheduler).Open(chunkSize: 1 + chance.Next(5), _isOrdered);
            _job.Accept(0, Runs.OfIndexes(0, Items));
            _job.EndInput();
            Add();
            Add();
        }

        public int BrokenMessages { get; private set; }

        public int KilledWorkers { get; private set; }

        public int TakenMangled { get; private set; }

        public void Play()
        {
            for (var round = 0; round < Rounds && !_job.Summary.IsCompleted; round++)
            {
                Turn();
                var position = _chance.Next(_workers.Count);
                var worker = _workers[position];
                var bytes = Message(worker).ToByteArray();
                var isMangled = _chance.Next(4) != 0;
                SessionResponse message;
                try
                {
                    message = SessionResponse.Parser.ParseFrom(isMangled ? _mangler.Mangle(bytes) : bytes);
                }
                catch (InvalidProtocolBufferException)
                {
                    // Ends the session, and so the worker.
                    BrokenMessages++;
                    Lose(position);
                    continue;
                }

                Hear(worker, message);
                Turn();
                if (worker.Kills.Count > 0)
                {
                    KilledWorkers++;
                    Lose(position);
                }
                else if (isMangled)
                {
                    TakenMangled++;
                }
            }
        }

        // With workers that answer as they should.
        public void Settle()
        {
            while (_workers.Count > 0)
            {
                _scheduler.WorkerLost(_workers[0], Killed, running: []);
                _workers.RemoveAt(0);
            }

            Add();
            for (var turns = 0; turns <= Items && !_job.Summary.IsCompleted; turns++)
            {
                Turn();
                foreach (var chunk in _workers[0].Chunks.ToList())
                {
                    _scheduler.Results(_workers[0], [Answer(chunk.Lease, CountOf(chunk))]);
                }

                _workers[0].Chunks.Clear();
            }

            Turn();
            Assert.True(_job.Summary.IsCompletedSuccessfully, $"the job hangs; answered: {string.Join(", ", _answered)}");
            var ledger = _job.Summary.GetAwaiter().GetResult().Ledger;
            Assert.Equal((Items, 0, Items), (ledger.Accepted, ledger.Cancelled, ledger.Succeeded + ledger.Failed));
            Assert.Equal(Enumerable.Range(0, Items).Select(i => (ulong)i), _isOrdered ? _answered : _answered.Order());
        }

        private static DeathCertificate Killed { get; } = new(1, 137, "it broke the protocol", []);

        private static int CountOf(Chunk chunk) => chunk.Segments.Sum(segment => segment.ItemCount);

        private static ChunkResults Answer(ulong lease, int count) =>
            new() { Lease = lease, Values = Runs.OfSizes([.. Enumerable.Repeat(1, count)]).ToMessage(), BusyNanoseconds = 1000 };

        private void Add()
        {
            var worker = new FakeWorker { Identity = new WorkerIdentity(1 + _workers.Count, ++_incarnations) };
            _workers.Add(worker);
            _scheduler.WorkerReady(worker);
        }

        private void Lose(int position)
        {
            _scheduler.WorkerLost(_workers[position], Killed, running: []);
            _workers.RemoveAt(position);
            Add();
        }

        // What a sound worker could say, and some of what it could not.
        private SessionResponse Message(FakeWorker worker)
        {
            var chunk = worker.Chunks.Count == 0 ? null : worker.Chunks[_chance.Next(worker.Chunks.Count)];
            var (lease, first, count) = chunk is null ? (1 + (ulong)_chance.Next(20), 0ul, 1) : (chunk.Lease, chunk.FirstIndex, CountOf(chunk));
            if (_chance.Next(10) == 0)
            {
                return new SessionResponse { Overdue = new ItemOverdue { Lease = lease, Index = first + (ulong)_chance.Next(count) } };
            }

            var answered = _chance.Next(count + 1);
            var results = Answer(lease, answered);
            if (answered > 0 && _chance.Next(3) == 0)
            {
                results.Errors.Add(Runs.Error(first + (ulong)_chance.Next(answered)));
            }

            results.Returned = (uint)_chance.Next((count - answered) + 1);
            return new SessionResponse { Results = new ChunkResultsBatch { Results = { results } } };
        }

        // As a session does it.
        private void Hear(FakeWorker worker, SessionResponse message)
        {
            switch (message.EventCase)
            {
                case SessionResponse.EventOneofCase.Results:
                    _scheduler.Results(worker, message.Results.Results);
                    break;
                case SessionResponse.EventOneofCase.Overdue:
                    _scheduler.Overdue(worker, message.Overdue.Lease, message.Overdue.Index);
                    break;
            }
        }

        // All that is to be later is so by the next turn.
        private void Turn()
        {
            _later.ForEach(_posted.Enqueue);
            _later.Clear();
            do
            {
                while (_posted.TryDequeue(out var action))
                {
                    action();
                }

                _scheduler.Dispatch();
                Take();
            }
            while (_posted.Count > 0);
        }

        private void Take()
        {
            var (results, bytes) = ((ulong)_answered.Count, _takenBytes);
            while (_job.Output.TryRead(out var run))
            {
                for (var i = 0; i < run.Count; i++)
                {
                    _answered.Add(run.FirstIndex + (ulong)i);
                }

                bytes += (ulong)run.ByteCount;
            }

            if ((ulong)_answered.Count > results)
            {
                _takenBytes = bytes;
                _job.Acknowledge((ulong)_answered.Count, bytes);
            }
        }

        private ulong _takenBytes;
    }
}
