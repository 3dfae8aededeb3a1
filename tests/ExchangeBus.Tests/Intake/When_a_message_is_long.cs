using ExchangeBus.Agencies;
using ExchangeBus.Intake;
using ExchangeBus.Platform;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace ExchangeBus.Tests.Intake;

/// <summary>RabbitMQ hands on bodies of up to 128 MiB, some hundreds at a time.</summary>
internal sealed class When_a_message_is_long
{
    [TestCase(0, 0)]
    [TestCase(100, 100)]
    [TestCase(101, 0)]
    [TestCase(1_000_000, 0)]
    public void Should_keep_only_the_length_of_a_body_that_is_too_long(int length, int kept)
    {
        var message = Delivered.Of(Message(length), maxBytes: 100);

        Assert.That((message.Length, message.Body.Length), Is.EqualTo((length, kept)));
        Assert.That((message.Tag, message.UserId, message.MessageId), Is.EqualTo((7UL, "G15.tester", "m")), "so that it can be answered");
    }

    [Test]
    public void Should_answer_by_the_length()
    {
        var options = new IntakeOptions { MaxEventBytes = 1024 };
        using var door = new AmqpDoor(
            null!, null!, null!, null!, Options.Create(options), null!, TimeProvider.System, NullLogger<AmqpDoor>.Instance);

        var answer = door.Read(Delivered.Of(Message(1025), options.MaxEventBytes), new AgencySystem("G15", "tester", [])).Refusal!;

        Assert.That(answer.Receipt.Violations.Select(v => v.Code), Is.EqualTo(new[] { "body.toolarge" }));
    }

    private static BasicDeliverEventArgs Message(int length) =>
        new("c", 7, false, "", "q", new BasicProperties { UserId = "G15.tester", MessageId = "m" }, new byte[length]);
}
