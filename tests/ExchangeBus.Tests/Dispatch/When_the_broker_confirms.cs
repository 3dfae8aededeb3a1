using CsCheck;
using ExchangeBus.Dispatch;

namespace ExchangeBus.Tests.Dispatch;

[TestFixture]
public sealed class When_the_broker_confirms
{
    [Test]
    public void Should_move_the_position_only_over_what_is_confirmed_without_a_hole()
    {
        var tally = NewTally();
        var unconfirmed = new Unconfirmed(10, read: 3, delivered: 3, tally);
        foreach (var sequence in (long[])[5, 6, 9])
            unconfirmed.Add(sequence);
        unconfirmed.ReadUpTo(12);

        unconfirmed.Confirm(2, multiple: false);
        Assert.That((unconfirmed.Position, tally.Now().Handed), Is.EqualTo(((4L, 3L), 0L)), "the first is not confirmed");
        unconfirmed.Confirm(1, multiple: false);
        Assert.That((unconfirmed.Position, tally.Now().Handed), Is.EqualTo(((8L, 6L), 2L)));
        unconfirmed.Confirm(3, multiple: true);
        Assert.That((unconfirmed.Position, tally.Now().Handed), Is.EqualTo(((12L, 9L), 3L)), "nothing is left: all that was read is done");
    }

    [Test]
    public void Should_never_be_read_less_far_than_delivered_in_the_middle_of_a_page()
    {
        var tally = NewTally();
        var unconfirmed = new Unconfirmed(10, read: 3, delivered: 3, tally);
        unconfirmed.Add(5);
        unconfirmed.Confirm(1, multiple: false);

        Assert.That((unconfirmed.Position, tally.Now().Handed), Is.EqualTo(((5L, 5L), 1L)), "the end of the page has not been reported yet");
    }

    [Test]
    public async Task Should_make_room_again()
    {
        var unconfirmed = new Unconfirmed(2, 0, 0, NewTally());
        unconfirmed.Add(1);
        unconfirmed.Add(2);
        var room = unconfirmed.RoomAsync();
        Assert.That(room.IsCompleted, Is.False);

        unconfirmed.Confirm(2, multiple: true);

        await room.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.That(unconfirmed.RoomAsync().IsCompleted, Is.True);
    }

    [Test]
    public void Should_never_count_a_delivery_twice_or_move_over_an_unconfirmed_one()
    {
        Gen.Int[1, 30].SelectMany(n => Gen.Select(Gen.Int[1, n], Gen.Bool).Array[0, 60].Select(confirms => (n, confirms))).Sample(t =>
        {
            var tally = NewTally();
            var unconfirmed = new Unconfirmed(t.n, 0, 0, tally);
            for (var i = 1; i <= t.n; i++)
                unconfirmed.Add(i);
            var confirmed = new HashSet<int>();
            foreach (var (tag, multiple) in t.confirms)
            {
                unconfirmed.Confirm((ulong)tag, multiple);
                confirmed.UnionWith(multiple ? Enumerable.Range(1, tag) : [tag]);
            }

            var prefix = Enumerable.Range(1, t.n).TakeWhile(confirmed.Contains).Count();
            var ((read, delivered), deliveries) = (unconfirmed.Position, tally.Now().Deliveries);
            return delivered == prefix && deliveries == prefix && (prefix == t.n || read == prefix);
        });
    }

    private static Tally NewTally() => new(new Totals(0, 0, 0, 0, 0, 0, 0, 0));
}
