using System.Text;
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
        Assert.That(Batch.Split(Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat("1", 100_000))}]"))!, Has.Count.EqualTo(5_001), "no limit can be higher");
    }

    [TestCase("")]
    [TestCase("{}")]
    [TestCase("[1")]
    [TestCase("[1] 2")]
    public void Should_say_that_it_is_no_array(string text) => Assert.That(Batch.Split(Encoding.UTF8.GetBytes(text), 3), Is.Null);

    private static IEnumerable<string> Cut(string text, int most) => Batch.Split(Encoding.UTF8.GetBytes(text), most)!.Select(element => Encoding.UTF8.GetString(element.Span));
}
