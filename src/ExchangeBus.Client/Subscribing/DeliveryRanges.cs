namespace ExchangeBus.Client.Subscribing;

/// <summary>
/// Turns deliveries that are done in any order into words that are true: each says "all after A up to B is done".
/// Deliveries form a chain, each naming the one before; a word never reaches over a break in the chain, so that what was
/// lost on the way is never acknowledged by what came after it.
/// </summary>
public sealed class DeliveryRanges
{
    private readonly Lock _lock = new();
    private readonly Queue<Entry> _entries = new();
    private readonly Dictionary<ulong, Entry> _byTag = [];
    private TaskCompletionSource _manyDone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _many = int.MaxValue;
    private int _done;

    /// <summary>A delivery has come. Called in the order of arrival.</summary>
    /// <param name="tag">Its tag on the channel.</param>
    /// <param name="previous">Its <c>previoussequence</c>.</param>
    /// <param name="sequence">Its <c>sequence</c>.</param>
    public void Received(ulong tag, long previous, long sequence) => Add(new Entry(tag, previous, sequence));

    /// <summary>A delivery has come that will not be handled and of which nothing will be said: it comes again.</summary>
    public void Dropped(ulong tag) => Add(new Entry(tag, 0, 0) { IsDone = true, IsSilent = true });

    /// <summary>A delivery has come that is not part of the chain: it is handled, and the broker may forget it then, but nothing is said of it to the bus.</summary>
    public void ReceivedApart(ulong tag) => Add(new Entry(tag, 0, 0) { IsSilent = true });

    /// <summary>A delivery is done, in whatever order. A tag that is not known is left alone.</summary>
    public void Done(ulong tag)
    {
        lock (_lock)
        {
            if (!_byTag.TryGetValue(tag, out var entry) || entry.IsDone)
                return;
            entry.IsDone = true;
            if (++_done >= _many)
                _manyDone.TrySetResult();
        }
    }

    /// <summary>Completes when at least this many deliveries are done and not taken yet.</summary>
    internal Task ManyDoneAsync(int many)
    {
        lock (_lock)
        {
            _many = Math.Max(1, many);
            _manyDone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_done >= _many)
                _manyDone.TrySetResult();
            return _manyDone.Task;
        }
    }

    /// <summary>Takes what is done without a hole: the words to say, and the newest tag that the broker may forget (0: none).</summary>
    public (IReadOnlyList<(long After, long Sequence)> Words, ulong Tag) TakeDone()
    {
        var words = new List<(long After, long Sequence)>(1);
        var tag = 0UL;
        lock (_lock)
        {
            while (_entries.TryPeek(out var front) && front.IsDone)
            {
                _entries.Dequeue();
                _byTag.Remove(front.Tag);
                tag = front.Tag;
                _done--;
                if (front.IsSilent)
                    continue;
                if (words.Count > 0 && words[^1].Sequence == front.Previous)
                    words[^1] = (words[^1].After, front.Sequence);
                else
                    words.Add((front.Previous, front.Sequence));
            }
        }

        return (words, tag);
    }

    private void Add(Entry entry)
    {
        lock (_lock)
        {
            _entries.Enqueue(entry);
            _byTag.Add(entry.Tag, entry);
            if (entry.IsDone)
                _done++;
        }
    }

    private sealed record Entry(ulong Tag, long Previous, long Sequence)
    {
        internal bool IsDone { get; set; }

        internal bool IsSilent { get; init; }
    }
}
