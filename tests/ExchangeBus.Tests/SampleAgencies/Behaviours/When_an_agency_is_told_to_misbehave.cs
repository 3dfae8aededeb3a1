using ExchangeBus.SampleAgencies.Behaviours;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ExchangeBus.Tests.SampleAgencies.Behaviours;

internal sealed class When_an_agency_is_told_to_misbehave
{
    private readonly FakeTimeProvider _time = new();

    [Test]
    public void Should_refuse_each_nth_running_number_and_no_other()
    {
        var behaviour = Told(new BehaviourOptions { RefuseEvery = 5 });

        Assert.That(behaviour.Refuses("G22.99.08-261123-100005"), Is.True);
        Assert.That(behaviour.Refuses("G22.99.08-261123-100010"), Is.True);
        Assert.That(behaviour.Refuses("G22.99.08-261123-100006"), Is.False);
    }

    [Test]
    public void Should_refuse_the_dossiers_it_is_given()
    {
        var behaviour = Told(new BehaviourOptions { RefuseDossiers = { "G22.99.08-261123-100007" } });

        Assert.That(behaviour.Refuses("G22.99.08-261123-100007"), Is.True);
        Assert.That(behaviour.Refuses("G22.99.08-261124-100007"), Is.False, "the same running number of another day");
    }

    [TestCase("G22.99.08-261123-100007", "G22.99.08-261123-100008")]
    [TestCase("G22.99.08-261123-0009", "G22.99.08-261123-0010")]
    public void Should_answer_for_the_next_dossier_when_wrong(string asked, string answered)
    {
        Assert.That(Told(new BehaviourOptions { Wrong = true }).AnswersFor(asked), Is.EqualTo(answered));
        Assert.That(Told(new BehaviourOptions()).AnswersFor(asked), Is.EqualTo(asked), "and for the same one by default");
    }

    [Test]
    public void Should_take_its_time_when_slow()
    {
        var working = Told(new BehaviourOptions { Slow = TimeSpan.FromMinutes(5) }).TakeTimeAsync(CancellationToken.None);

        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.That(working.IsCompleted, Is.False);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.That(working.IsCompleted, Is.True);
    }

    [Test]
    public void Should_be_quick_and_say_yes_by_default()
    {
        var behaviour = Told(new BehaviourOptions());

        Assert.That(behaviour.TakeTimeAsync(CancellationToken.None).IsCompleted, Is.True);
        Assert.That(behaviour.Refuses("G22.99.08-261123-100000"), Is.False);
    }

    private Behaviour Told(BehaviourOptions options) => new(Options.Create(options), _time);
}
