using CsCheck;
using WorkerPool.Client.Mapping;
using WorkerPool.Protocol.Packing;

namespace WorkerPool.Client.Tests.Mapping;

/// <summary>
/// Source, writer, pool and consumer take steps in any order a seed gives. Whatever it is, the pool sees its window kept,
/// every index is delivered once, and at the end nothing is held. So it is with streams that break and are followed by others
/// with windows of their own, and to pools that say now this, now that of how much is worth sending.
/// </summary>
public sealed class OutboxProperties
{
    private static readonly Gen<(int WindowItems, int WindowBytes, int[] Sizes, int Seed, bool Ordered, int Breaks)> Scenario =
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 300], Gen.Int[-8, 60].Array[0, 120], Gen.Int, Gen.Bool, Gen.Int[0, 6]);

    [Fact]
    public Task Any_interleaving_keeps_the_window_and_delivers_each_index_once() =>
        Scenario.SampleAsync(async scenario =>
        {
            var run = new Interleaving(
                scenario.WindowItems, scenario.WindowBytes, scenario.Sizes, scenario.Seed, scenario.Ordered, scenario.Breaks);
            await run.ToEndAsync();
        });

    /// <param name="windowItems">The pool's window, in items.</param>
    /// <param name="windowBytes">The pool's window, in bytes.</param>
    /// <param name="sizes">Bytes of each item; a negative one fails on this side.</param>
    /// <param name="seed">Decides who takes the next step.</param>
    /// <param name="ordered">Whether the pool answers in order.</param>
    /// <param name="breaks">How often the stream breaks, if it comes to that.</param>
    private sealed class Interleaving(int windowItems, int windowBytes, int[] sizes, int seed, bool ordered, int breaks)
    {
        private readonly Random _random = new(seed);
        private readonly Outbox _outbox = new();
        private readonly JobWindow _window = new(windowItems, windowBytes);
        private readonly Queue<(ulong Index, bool IsLocal)> _received = new();
        private readonly List<(ulong First, int[] Sizes)> _unanswered = [];
        private readonly List<ulong> _delivered = [];
        private readonly Dictionary<ulong, int> _answers = [];
        private (int Items, int Bytes) _granted = (windowItems, windowBytes);
        private int _breaksLeft = breaks;
        private int _poolItems;
        private int _poolAnswered;
        private int _acknowledged;
        private bool _ended;

        public async Task ToEndAsync()
        {
            _outbox.Open(_window);
            var source = SourceAsync();
            while (!_ended || _unanswered.Count > 0 || _delivered.Count < sizes.Length)
            {
                switch (_random.Next(_breaksLeft > 0 ? 6 : 5))
                {
                    case 0:
                        await Task.Yield();
                        break;
                    case 3:
                        _outbox.LookAhead(NextLookahead());
                        break;
                    case 1:
                        Write();
                        break;
                    case 2:
                        Answer();
                        break;
                    case 5:
                        Break();
                        break;
                    default:
                        Consume();
                        break;
                }
            }

            var unused = await source;
            Assert.Equal(Enumerable.Range(0, sizes.Length), _delivered.Select(i => (int)i).Order());
            Assert.Equal((unused, 0L), (_window.Items, _window.Bytes));
            Assert.Equal((ulong)sizes.Count(size => size >= 0), _outbox.PulledCount);
            Assert.All(_answers.Values, count => Assert.Equal(1, count));
            Assert.True(_outbox.IsDone);
            Assert.Empty(_outbox.Abandon(10).Indexes);
        }

        // Gives back how many places it had reserved and did not need.
        private async Task<long> SourceAsync()
        {
            long reserved = 0;
            for (var i = 0; i < sizes.Length; i++)
            {
                if (reserved == 0)
                {
                    reserved = await _outbox.ReserveItemsAsync();
                    Assert.True(_window.Items >= 1);
                }

                reserved--;
                if (sizes[i] < 0)
                {
                    lock (_received)
                    {
                        _received.Enqueue(((ulong)i, true));
                    }
                }
                else
                {
                    await _outbox.AddAsync((ulong)i, new byte[sizes[i]]);
                }
            }

            _outbox.EndInput();
            return reserved;
        }

        private void Write()
        {
            if (!_outbox.TryTake(out var message))
            {
                return;
            }

            switch (message.EventCase)
            {
                case V1.MapStreamRequest.EventOneofCase.Acknowledgement:
                    _acknowledged = (int)message.Acknowledgement.Results;
                    Assert.InRange(_acknowledged, 0, _poolAnswered);
                    Assert.Equal(message.Acknowledgement.Results, message.Acknowledgement.ValueBytes);
                    break;
                case V1.MapStreamRequest.EventOneofCase.Items:
                    Assert.True(PackedRun.TryRead(message.Items.Items, out var run, out _));
                    _unanswered.Add((message.Items.FirstIndex, [.. Enumerable.Range(0, run.Count).Select(i => (int)run.SizeOf(i))]));
                    _poolItems += run.Count;
                    Assert.InRange(_poolItems - _acknowledged, 0, _granted.Items);
                    var held = _unanswered.SelectMany(batch => batch.Sizes).Where(size => size > 0).ToArray();
                    Assert.True(held.Sum() <= _granted.Bytes || held.Length == 1, $"{held.Sum()} bytes are held");
                    break;
                default:
                    _ended = true;
                    break;
            }
        }

        // Some items of some batch are answered: of the first where order counts.
        private void Answer()
        {
            if (_unanswered.Count == 0)
            {
                return;
            }

            var at = ordered ? 0 : _random.Next(_unanswered.Count);
            var (first, batch) = _unanswered[at];
            var count = _random.Next(1, batch.Length + 1);
            _unanswered[at] = (first + (ulong)count, batch[count..]);
            if (count == batch.Length)
            {
                _unanswered.RemoveAt(at);
            }

            Assert.Null(_outbox.Answer(first, count, count));
            _poolAnswered += count;
            lock (_received)
            {
                for (var i = 0; i < count; i++)
                {
                    var index = first + (ulong)i;
                    _answers[index] = _answers.GetValueOrDefault(index) + 1;
                    _received.Enqueue((first + (ulong)i, false));
                }
            }
        }

        private Lookahead NextLookahead() => new(_random.Next(1, windowItems + 20), _random.Next(1, windowBytes + 100));

        // What the pool had is gone, what the consumer had not taken yet stays; the next pool grants what it likes.
        private void Break()
        {
            _breaksLeft--;
            _outbox.Suspend();
            Assert.False(_outbox.TryTake(out _));
            _granted = (_random.Next(1, windowItems + 20), _random.Next(1, windowBytes + 100));
            _unanswered.Clear();
            _poolItems = _poolAnswered = _acknowledged = 0;
            _ended = false;
            _outbox.Resume(_granted.Items, _granted.Bytes, NextLookahead());
        }

        private void Consume()
        {
            int results = 0, local = 0;
            lock (_received)
            {
                for (var count = _random.Next(1, 10); count > 0 && _received.TryDequeue(out var next); count--)
                {
                    _delivered.Add(next.Index);
                    (results, local) = next.IsLocal ? (results, local + 1) : (results + 1, local);
                }
            }

            if (results + local > 0)
            {
                _outbox.Acknowledge(results, results, local);
            }
        }
    }
}
