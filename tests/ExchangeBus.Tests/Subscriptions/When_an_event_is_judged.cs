using ExchangeBus.Contracts;
using ExchangeBus.Subscriptions;
using ExchangeBus.Subscriptions.Agreements;
using ExchangeBus.Subscriptions.Rules;

namespace ExchangeBus.Tests.Subscriptions;

[TestFixture]
public sealed class When_an_event_is_judged
{
    private static readonly AgreementRules Agreed = Desk.Agreement((0, AgreementState.Active, Desk.Terms("public")));

    [Test]
    public void Should_be_delivered_with_what_the_agreement_releases()
    {
        var ruling = Desk.Subscription(Agreed).Judge(Desk.Event());

        Assert.That(ruling.Kind, Is.EqualTo(RulingKind.Deliver));
        Assert.That(ruling.Cut!.Released, Does.Contain("/commune").And.Not.Contain("/personalId"));
    }

    [Test]
    public void Should_be_judged_by_the_versions_of_its_place_whatever_came_later()
    {
        var agreement = Desk.Agreement(
            (0, AgreementState.Active, Desk.Terms("public")), (20, AgreementState.Suspended, Desk.Terms("public")), (30, AgreementState.Active, Desk.Terms("public", "/personalId")));
        var rules = Desk.Subscription(agreement, (5, SubscriptionState.Active, Desk.Asks()), (40, SubscriptionState.Active, Desk.Asks("vn.health.*")));

        Assert.That(rules.Judge(Desk.Event(5)).Rule, Is.EqualTo(RuleNames.Before), "a version holds for what comes after its position");
        Assert.That(rules.Judge(Desk.Event(20)).Kind, Is.EqualTo(RulingKind.Deliver));
        Assert.That(rules.Judge(Desk.Event(21)).Rule, Is.EqualTo(RuleNames.AgreementState));
        Assert.That(rules.Judge(Desk.Event(30)).Rule, Is.EqualTo(RuleNames.AgreementState));
        Assert.That(rules.Judge(Desk.Event(31)).Cut!.Released, Does.Contain("/personalId"));
        Assert.That(rules.Judge(Desk.Event(41)).Rule, Is.EqualTo(RuleNames.Type));
    }

    [Test]
    public void Should_be_withheld_wherever_it_stands_when_the_agreement_has_ended()
    {
        var agreement = Desk.Agreement((0, AgreementState.Active, Desk.Terms("public")), (20, AgreementState.Ended, Desk.Terms("public")));

        Assert.That(Desk.Subscription(agreement).Judge(Desk.Event(10)), Has.Property(nameof(Ruling.Kind)).EqualTo(RulingKind.Withheld));
    }

    [TestCase("Drafted")]
    [TestCase("Requested")]
    [TestCase("Approved")]
    [TestCase("Suspended")]
    [TestCase("Ended")]
    public void Should_be_withheld_in_any_state_but_active(string state) =>
        Assert.That(Desk.Subscription(Desk.Agreement((0, Enum.Parse<AgreementState>(state), Desk.Terms("all")))).Judge(Desk.Event()).Rule, Is.EqualTo(RuleNames.AgreementState));

    [Test]
    public void Should_reach_only_its_recipient()
    {
        Assert.That(Desk.Subscription(Agreed).Judge(Desk.Event(extensions: (ExtensionAttributes.Recipient, "G24"))).Rule, Is.EqualTo(RuleNames.Recipient));
        Assert.That(Desk.Subscription(Agreed).Judge(Desk.Event(extensions: (ExtensionAttributes.Recipient, "G18"))).Kind, Is.EqualTo(RulingKind.Deliver));
    }

    [Test]
    public void Should_be_withheld_where_the_agreement_does_not_cover_its_type() =>
        Assert.That(Desk.Subscription(Agreed, Desk.Asks("vn.*")).Judge(Desk.Event(type: "vn.civilstatus.deathregistered.v1")).Rule, Is.EqualTo(RuleNames.AgreementType));

    [TestCase("purpose = '2.002621'", "Deliver")]
    [TestCase("purpose = '2.002622'", "Unmatched")]
    [TestCase("sequence = '10' AND type LIKE 'vn.civilstatus.%'", "Deliver")]
    [TestCase("nothing = 'x'", "Unmatched")]
    public void Should_pass_the_filter(string filter, string expected) =>
        Assert.That(Desk.Subscription(Agreed, Desk.Asks() with { Filter = filter }).Judge(Desk.Event(extensions: (ExtensionAttributes.Purpose, "2.002621"))).Kind.ToString(), Is.EqualTo(expected));

    [Test]
    public void Should_be_of_a_procedure_that_the_agreement_names()
    {
        var rules = Desk.Subscription(Desk.Agreement((0, AgreementState.Active, Desk.Terms("public") with { Procedures = ["2.002621"] })));

        Assert.That(rules.Judge(Desk.Event(extensions: (ExtensionAttributes.Purpose, "2.002621"))).Kind, Is.EqualTo(RulingKind.Deliver));
        Assert.That(rules.Judge(Desk.Event(extensions: (ExtensionAttributes.Purpose, "2.002622"))).Rule, Is.EqualTo(RuleNames.AgreementProcedure));
        Assert.That(rules.Judge(Desk.Event()).Rule, Is.EqualTo(RuleNames.AgreementProcedure));
    }

    [Test]
    public void Should_lie_in_a_province_of_the_agreement_and_of_the_subscription()
    {
        // A commune of Hà Nội.
        var placed = Desk.Event(data: """{"registeredOn":"2026-11-29","commune":"00004"}"""u8.ToArray());
        var (here, there) = (Desk.Terms("public") with { Provinces = ["01"] }, Desk.Terms("public") with { Provinces = ["79"] });

        Assert.That(Desk.Subscription(Desk.Agreement((0, AgreementState.Active, here))).Judge(placed).Kind, Is.EqualTo(RulingKind.Deliver));
        Assert.That(Desk.Subscription(Desk.Agreement((0, AgreementState.Active, there))).Judge(placed).Rule, Is.EqualTo(RuleNames.AgreementProvince));
        Assert.That(Desk.Subscription(Agreed, Desk.Asks() with { Provinces = ["79"] }).Judge(placed).Rule, Is.EqualTo(RuleNames.Province));
        Assert.That(Desk.Subscription(Desk.Agreement((0, AgreementState.Active, here))).Judge(Desk.Event(data: "{}"u8.ToArray())).Rule,
            Is.EqualTo(RuleNames.AgreementProvince), "an event that names no place is not released by place");
    }

    // Code 15 is Yên Bái before 1 July 2025; since then its communes belong to Lào Cai, which took the code.
    [Test]
    public void Should_be_placed_by_the_units_of_its_own_day()
    {
        string? Province(string commune, string day) => Desk.Jurisdictions.ProvinceOf(
            Desk.Type, System.Text.Encoding.UTF8.GetBytes($$"""{"registeredOn":"{{day}}","commune":"{{commune}}"}"""), new DateOnly(2026, 11, 29));

        Assert.That((Province("00004", "2024-03-01"), Province("00004", "2026-03-01")), Is.EqualTo(("01", "01")));
        Assert.That((Province("00001", "2024-03-01"), Province("00001", "2026-03-01")), Is.EqualTo(("01", (string?)null)), "a commune that was merged away");
    }

    [Test]
    public void Should_be_accepted_within_the_days_of_the_agreement()
    {
        var rules = Desk.Subscription(Desk.Agreement((0, AgreementState.Active, Desk.Terms("public") with { ValidFrom = new DateOnly(2026, 11, 29), ValidUntil = new DateOnly(2026, 11, 30) })));
        RulingKind On(string time) => rules.Judge(Desk.Event(recordedAt: DateTimeOffset.Parse(time, null))).Kind;

        Assert.That(On("2026-11-28T23:59:59+07:00"), Is.EqualTo(RulingKind.Withheld));
        Assert.That(On("2026-11-28T17:00:00Z"), Is.EqualTo(RulingKind.Deliver), "the day begins in Vietnam");
        Assert.That(On("2026-11-30T23:59:59+07:00"), Is.EqualTo(RulingKind.Deliver));
        Assert.That(On("2026-12-01T00:00:00+07:00"), Is.EqualTo(RulingKind.Withheld));
    }

    [Test]
    public void Should_be_signed_where_the_agreement_demands_it()
    {
        var rules = Desk.Subscription(Desk.Agreement((0, AgreementState.Active, Desk.Terms("public") with { RequireSignature = true })));

        Assert.That(rules.Judge(Desk.Event()).Rule, Is.EqualTo(RuleNames.AgreementSignature));
        Assert.That(rules.Judge(Desk.Event(extensions: (ExtensionAttributes.Signature, "a..b"))).Kind, Is.EqualTo(RulingKind.Deliver));
    }

    [Test]
    public void Should_expire_after_the_end_of_the_subscription()
    {
        var rules = Desk.Subscription(Agreed, Desk.Asks() with { ExpiresAt = Desk.Noon });

        Assert.That(rules.Judge(Desk.Event(recordedAt: Desk.Noon.AddTicks(-1))).Kind, Is.EqualTo(RulingKind.Deliver));
        Assert.That(rules.Judge(Desk.Event()).Kind, Is.EqualTo(RulingKind.Expired));
    }

    [Test]
    public void Should_be_judged_by_today_in_a_replay()
    {
        var agreement = Desk.Agreement((0, AgreementState.Active, Desk.Terms("all")), (20, AgreementState.Active, Desk.Terms("public")));

        Assert.That(Desk.Subscription(agreement).Judge(Desk.Event(10)).Cut!.IsWhole, Is.True);
        Assert.That(Desk.Subscription(agreement).JudgeToday(Desk.Event(10)).Cut!.IsWhole, Is.False);
    }
}
