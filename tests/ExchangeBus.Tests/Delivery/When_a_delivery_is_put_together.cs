using System.Text;
using ExchangeBus.Contracts;
using ExchangeBus.Dispatch;
using ExchangeBus.Log;

namespace ExchangeBus.Tests.Delivery;

[TestFixture]
public sealed class When_a_delivery_is_put_together
{
    private static readonly LoggedEvent Logged = new()
    {
        Sequence = 57,
        Lane = 0,
        Type = "vn.test.v1",
        RecordedAt = new DateTimeOffset(2026, 11, 27, 9, 0, 0, TimeSpan.Zero),
        Envelope = Encoding.UTF8.GetBytes("""{"specversion":"1.0","id":"1","source":"urn:x","type":"vn.test.v1"}"""),
        Data = Encoding.UTF8.GetBytes("""{"a":1}"""),
    };

    [TestCase(56L, null, "\"sequence\":\"57\",\"previoussequence\":\"56\",\"data\"")]
    [TestCase(null, null, "\"sequence\":\"57\",\"data\"")]
    [TestCase(null, "job-1", "\"sequence\":\"57\",\"replayid\":\"job-1\",\"data\"")]
    public void Should_name_the_one_before_it_in_the_chain_only(long? previous, string? replay, string expected)
    {
        var message = Encoding.UTF8.GetString(DeliveryBody.Of(Logged, new CutBody(Logged.Data, default), previous, replay).Span);

        Assert.That(message, Does.Contain(expected));
        Assert.That(CloudEventJson.TryRead(Encoding.UTF8.GetBytes(message), out _, out _), Is.True, message);
    }
}
