using CsCheck;
using ExchangeBus.Client.Subscribing;

namespace ExchangeBus.Tests.Client;

[TestFixture]
public sealed class When_deliveries_are_done_in_any_order
{
    [Test]
    public void Should_say_one_word_for_a_chain_without_hole()
    {
        var ranges = new DeliveryRanges();
        ranges.Received(1, 0, 5);
        ranges.Received(2, 5, 9);
        ranges.Received(3, 9, 12);
        ranges.Done(2);
        ranges.Done(1);

        Assert.That(ranges.TakeDone(), Is.EqualTo((new[] { (0L, 9L) }, 2UL)).Using<(IReadOnlyList<(long, long)> Words, ulong Tag)>((a, b) => a.Words.SequenceEqual(b.Words) && a.Tag == b.Tag));
        Assert.That(ranges.TakeDone().Words, Is.Empty, "what waits for the third is not said");
    }

    [Test]
    public void Should_never_say_a_word_over_a_break_in_the_chain()
    {
        var ranges = new DeliveryRanges();
        ranges.Received(1, 0, 5);
        // 6 and 7 were lost on the way.
        ranges.Received(2, 7, 9);
        ranges.Done(1);
        ranges.Done(2);

        Assert.That(ranges.TakeDone().Words, Is.EqualTo(new[] { (0L, 5L), (7L, 9L) }));
    }

    [Test]
    public void Should_let_the_broker_forget_what_was_dropped_and_say_nothing_of_it()
    {
        var ranges = new DeliveryRanges();
        ranges.Received(1, 0, 5);
        ranges.Dropped(2);
        ranges.Done(1);

        var (words, tag) = ranges.TakeDone();
        Assert.That(words, Is.EqualTo(new[] { (0L, 5L) }));
        Assert.That(tag, Is.EqualTo(2));
    }

    [Test]
    public void Should_say_nothing_of_what_stands_outside_the_chain_and_keep_it_until_it_is_handled()
    {
        var ranges = new DeliveryRanges();
        ranges.Received(1, 0, 5);
        ranges.ReceivedApart(2);
        ranges.Received(3, 5, 9);
        ranges.Done(1);
        ranges.Done(3);

        Assert.That(ranges.TakeDone().Tag, Is.EqualTo(1), "the broker must not forget what is not handled");
        ranges.Done(2);
        var (words, tag) = ranges.TakeDone();
        Assert.That(words, Is.EqualTo(new[] { (5L, 9L) }));
        Assert.That(tag, Is.EqualTo(3));
    }

    [Test]
    public void Should_only_ever_cover_what_is_done()
    {
        Gen.Int[1, 40].SelectMany(n => Gen.Shuffle(Enumerable.Range(0, n).ToArray()).Select(Gen.Int[0, n], (order, done) => (n, order, done))).Sample(t =>
        {
            var ranges = new DeliveryRanges();
            for (var i = 0; i < t.n; i++)
                ranges.Received((ulong)i + 1, i, i + 1);
            var done = t.order.Take(t.done).ToHashSet();
            foreach (var i in done)
                ranges.Done((ulong)i + 1);

            var (words, tag) = ranges.TakeDone();
            var covered = words.SelectMany(w => Enumerable.Range((int)w.After, (int)(w.Sequence - w.After))).ToArray();
            return covered.All(done.Contains) && tag == (ulong)covered.Length && words.Count <= 1;
        });
    }
}
