using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Contracts.LinkedDeath;

namespace ExchangeBus.IntegrationTests.Agencies;

[TestFixture]
public sealed class When_allowances_are_decided
{
    private static readonly DecideFuneralAllowance Insured = AgencyBench.Example<DecideFuneralAllowance>(EventTypes.DecideFuneralAllowance, "insured");
    private static readonly SettleSurvivorBenefit Widow = AgencyBench.Example<SettleSurvivorBenefit>(EventTypes.SettleSurvivorBenefit, "widow");

    [Test]
    public async Task Should_pay_one_death_once()
    {
        await using var insurance = await AgencyBench.OpenAsync("socialinsurance");

        var said = await insurance.PutAsync(EventTypes.DecideFuneralAllowance, Insured);
        Assert.That(said.Select(s => s.Type), Is.EqualTo([EventTypes.FuneralAllowanceDecided, EventTypes.FuneralAllowancePaid]));
        Assert.That(EventData.Read<FuneralAllowanceDecided>(said[0].Data.Span).Amount, Is.EqualTo(23_400_000));
        Assert.That((await insurance.PutAsync(EventTypes.DecideFuneralAllowance, Insured))[0].Data.ToArray(), Is.EqualTo(said[0].Data.ToArray()), "asked again");
        Assert.That(await ReasonAsync(insurance, Insured with { DossierNumber = "G22.99.08-261123-000999" }), Is.EqualTo("paid-before"));
        Assert.That(await insurance.CountAsync("select sum(paid)::bigint from allowance"), Is.EqualTo(23_400_000));
    }

    [Test]
    public async Task Should_not_pay_what_the_other_payer_has_paid()
    {
        await using var insurance = await AgencyBench.OpenAsync("socialinsurance");
        await using var protection = await AgencyBench.OpenAsync("socialprotection");
        var granted = EventData.Read<FuneralAllowanceDecided>((await insurance.PutAsync(EventTypes.DecideFuneralAllowance, Insured))[0].Data.Span);
        await insurance.PutAsync(EventTypes.FuneralAllowanceDecided, granted);
        await protection.PutAsync(EventTypes.FuneralAllowanceDecided, granted);

        Assert.That(await ReasonAsync(protection, Insured with { Payer = "socialProtection" }), Is.EqualTo("paid-by-other-payer"));
        Assert.That(await ReasonAsync(protection, Insured), Is.EqualTo("not-this-payer"));
        Assert.That(await insurance.CountAsync("select count(*) from paid_by_other"), Is.Zero, "its own decision is not the other's");
        Assert.That(await protection.CountAsync("select count(*) from allowance"), Is.Zero);
    }

    [Test]
    public async Task Should_pay_by_social_protection_what_social_insurance_has_refused()
    {
        await using var insurance = await AgencyBench.OpenAsync("socialinsurance", ("Behaviour:RefuseEvery", "1"));
        await using var protection = await AgencyBench.OpenAsync("socialprotection");
        var refused = EventData.Read<FuneralAllowanceDecided>((await insurance.PutAsync(EventTypes.DecideFuneralAllowance, Insured)).Single().Data.Span);
        await protection.PutAsync(EventTypes.FuneralAllowanceDecided, refused);

        var said = await protection.PutAsync(EventTypes.DecideFuneralAllowance, Insured with { Payer = "socialProtection" });
        Assert.That((refused.Outcome, EventData.Read<FuneralAllowanceDecided>(said[0].Data.Span).Amount), Is.EqualTo(("refused", 10_000_000L)));
    }

    [Test]
    public async Task Should_tell_that_the_bank_sent_the_money_back_and_have_nothing_to_recover_then()
    {
        await using var insurance = await AgencyBench.OpenAsync("socialinsurance", ("PaymentFailsEvery", "1"));

        var said = await insurance.PutAsync(EventTypes.DecideFuneralAllowance, Insured);
        Assert.That(EventData.Read<FuneralAllowancePaid>(said[1].Data.Span).Status, Is.EqualTo("failed"));
        Assert.That((await StopAsync(insurance, "funeralAllowance"))!.AmountToRecover, Is.Zero);
    }

    [Test]
    public async Task Should_stop_what_was_granted_and_tell_what_is_to_come_back()
    {
        await using var insurance = await AgencyBench.OpenAsync("socialinsurance");
        await insurance.PutAsync(EventTypes.DecideFuneralAllowance, Insured);
        var settled = EventData.Read<SurvivorBenefitSettled>((await insurance.PutAsync(EventTypes.SettleSurvivorBenefit, Widow with { DossierNumber = Insured.DossierNumber })).Single().Data.Span);
        Assert.That(settled.Beneficiaries!.Select(beneficiary => beneficiary.Amount), Is.EqualTo([1_170_000]));

        Assert.That((await StopAsync(insurance, "funeralAllowance"))!.AmountToRecover, Is.EqualTo(23_400_000));
        var stopped = await StopAsync(insurance, "survivorBenefit");
        Assert.That((stopped!.AmountPaid, stopped.AmountToRecover), Is.EqualTo((0L, 0L)), "no month had begun");
        insurance.Time.Advance(TimeSpan.FromDays(1));
        Assert.That(await StopAsync(insurance, "survivorBenefit"), Is.EqualTo(stopped), "asked again");
        Assert.That((await insurance.PutAsync(EventTypes.DecideFuneralAllowance, Insured with { DossierNumber = "G22.99.08-271123-000999" })).Count, Is.EqualTo(2), "the real death is paid");
    }

    [Test]
    public async Task Should_say_nothing_when_there_is_nothing_to_stop()
    {
        await using var protection = await AgencyBench.OpenAsync("socialprotection");

        Assert.That(await StopAsync(protection, "funeralAllowance"), Is.Null);
    }

    [Test]
    public async Task Should_refuse_survivors_whom_the_law_does_not_name()
    {
        await using var insurance = await AgencyBench.OpenAsync("socialinsurance");
        var others = Widow with { Survivors = [.. Widow.Survivors.Select(survivor => survivor with { Relation = "other" })] };

        var refused = EventData.Read<SurvivorBenefitSettled>((await insurance.PutAsync(EventTypes.SettleSurvivorBenefit, others)).Single().Data.Span);
        Assert.That((refused.Outcome, refused.ReasonCode), Is.EqualTo(("refused", "nobody-entitled")));
    }

    private static async Task<string?> ReasonAsync(AgencyBench payer, DecideFuneralAllowance command) =>
        EventData.Read<FuneralAllowanceDecided>((await payer.PutAsync(EventTypes.DecideFuneralAllowance, command)).Single().Data.Span).ReasonCode;

    private static async Task<AllowanceStopped?> StopAsync(AgencyBench payer, string allowance)
    {
        var command = AgencyBench.Example<StopAllowance>(EventTypes.StopAllowance, "funeral") with { DossierNumber = Insured.DossierNumber, Allowance = allowance, Payer = "socialInsurance" };
        return (await payer.PutAsync(EventTypes.StopAllowance, command)) is [var said] ? EventData.Read<AllowanceStopped>(said.Data.Span) : null;
    }
}
