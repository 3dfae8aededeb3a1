using ExchangeBus.Agencies;
using ExchangeBus.Agencies.Authentication;

namespace ExchangeBus.Tests.Agencies;

public sealed class When_a_caller_is_refused
{
    [Test]
    public void Should_use_each_code_once() => Assert.That(CallerRefusals.All.Concat(SignatureRefusals.All).Select(v => v.Code), Is.Unique);

    // RFC 6750, section 3: these characters and no others in error_description.
    [Test]
    public void Should_fit_into_a_header() => Assert.That(CallerRefusals.All.SelectMany(v => v.MessageEn),
        Has.All.Matches<char>(c => c is >= ' ' and <= '~' and not '"' and not '\\'));

    [Test]
    public void Should_name_no_error_when_nothing_was_shown()
    {
        Assert.That(CallerProblems.ChallengeOf(CallerRefusals.Missing()), Is.EqualTo("Bearer realm=\"exchangebus\""));
        Assert.That(CallerProblems.ChallengeOf(CallerRefusals.Expired()),
            Is.EqualTo("Bearer realm=\"exchangebus\", error=\"invalid_token\", error_description=\"The token has expired.\""));
    }

    [TestCase("vn.civilstatus.birthregistered.v1", true)]
    [TestCase("vn.civilstatus.birthregistered.v2", false)]
    [TestCase("vn.residence.anything.v1", true)]
    [TestCase("vn.resident.x.v1", false)]
    [TestCase("", false)]
    public void Should_publish_only_what_is_listed(string type, bool may) =>
        Assert.That(new AgencySystem("G15", "civilstatus", ["vn.civilstatus.birthregistered.v1", "vn.residence.*"]).MayPublish(type), Is.EqualTo(may));

    [Test]
    public void Should_publish_nothing_when_nothing_is_listed() => Assert.That(new AgencySystem("G15", "civilstatus", []).MayPublish("vn.civilstatus.birthregistered.v1"), Is.False);
}
