using System.Text;
using ExchangeBus.Contracts;
using ExchangeBus.Intake;

namespace ExchangeBus.Tests.Intake;

internal sealed class When_a_batch_is_cut
{
    [Test]
    public void Should_give_every_element_up_to_the_limit() =>
        Assert.That(Cut("""[{"a":1}, [2,3] ,4]""", 3), Is.EqualTo(new[] { """{"a":1}""", "[2,3]", "4" }));

    [Test]
    public void Should_stop_behind_the_limit()
    {
        Assert.That(Cut("[1,2,3,4,5]", 3), Is.EqualTo(new[] { "1", "2", "3", "4" }));
        Assert.That(Batch.Split(Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat("1", 100_000))}]"), out _)!, Has.Count.EqualTo(5_001), "no limit can be higher");
    }

    [TestCase("{}", null)]
    [TestCase("", "line 1, byte 1")]
    [TestCase("[1", "line 1, byte 3")]
    [TestCase("[1] 2", "line 1, byte 5")]
    [TestCase("[\n  {\"a\": 1},\n]", "line 3, byte 1")]
    public void Should_say_that_it_is_no_array_and_where_it_breaks(string text, string? place)
    {
        Assert.That(Batch.Split(Encoding.UTF8.GetBytes(text), out var broken, 3), Is.Null);

        var said = ((IReadOnlyList<Violation>)Problems.NotABatch(broken).ProblemDetails.Extensions["violations"]!).Single();
        Assert.That((said.Code, broken is null), Is.EqualTo(("batch.malformed", place is null)));
        Assert.That(said.MessageEn, Does.Contain(place ?? "The body must be a JSON array."));
    }

    private static IEnumerable<string> Cut(string text, int most) => Batch.Split(Encoding.UTF8.GetBytes(text), out _, most)!.Select(element => Encoding.UTF8.GetString(element.Span));
}
