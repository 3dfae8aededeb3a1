using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.SampleAgencies.Steps;
using Npgsql;

namespace ExchangeBus.SampleAgencies.Allowances;

/// <summary>An allowance that was stopped: what was paid until then.</summary>
internal sealed record StoppedAllowance(long Paid, DateTime StoppedOn);

/// <summary>A payer's book of what it has granted.</summary>
internal static class AllowanceBook
{
    internal const string Funeral = "funeralAllowance", Survivor = "survivorBenefit";

    // Two dossiers about one death wait for each other here; an allowance that was stopped does not stand in the way of a later, real death.
    private const string Insert = """
        insert into allowance (kind, deceased, dossier_number, decision_number, amount) values (@Kind, @Deceased, @Dossier, @Number, @Amount)
        on conflict (kind, deceased) do update set
            dossier_number = excluded.dossier_number, decision_number = excluded.decision_number, amount = excluded.amount, paid = 0, stopped_on = null
        where allowance.stopped_on is not null
        """;

    private const string IsPaidByOther = "select exists (select from paid_by_other where deceased = @Deceased)";
    private const string RememberOther = "insert into paid_by_other (deceased, dossier_number) values (@Deceased, @Dossier) on conflict do nothing";
    private const string Pay = "update allowance set paid = paid + @Amount where kind = @Kind and dossier_number = @Dossier";

    // Asked again, it is stopped since the first day.
    private const string StopOne = """
        update allowance set stopped_on = coalesce(stopped_on, @On) where kind = @Kind and dossier_number = @Dossier
        returning paid as Paid, stopped_on::timestamp as StoppedOn
        """;

    /// <summary>The deceased by personal id, or by the record of the death.</summary>
    internal static string KeyOf(Deceased deceased, RegistrationReference death) =>
        deceased.PersonalId?.Value ?? $"{death.Commune} {death.Book} {death.RegistrationNumber}";

    /// <summary>The decision, or null when this death was paid for before.</summary>
    internal static async Task<Decision?> GrantAsync(
        string kind, string deceased, string dossier, long amount, Payer payer, DateOnly today, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        var serial = await transaction.FindAsync<long>("select nextval('allowance_decision_serial')", new { }, cancellationToken);
        var number = $"{serial}/{payer.DecisionSuffix}";
        return await transaction.DoAsync(Insert, new { Kind = kind, Deceased = deceased, Dossier = dossier, Number = number, Amount = amount }, cancellationToken) == 0
            ? null
            : new Decision { Number = number, DecidedOn = today, Authority = payer.Authority };
    }

    internal static Task<bool> IsPaidByOtherAsync(string deceased, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        transaction.FindAsync<bool>(IsPaidByOther, new { Deceased = deceased }, cancellationToken);

    internal static Task RememberOtherAsync(string deceased, string dossier, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        transaction.DoAsync(RememberOther, new { Deceased = deceased, Dossier = dossier }, cancellationToken);

    internal static Task PayAsync(string kind, string dossier, long amount, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        transaction.DoAsync(Pay, new { Kind = kind, Dossier = dossier, Amount = amount }, cancellationToken);

    /// <summary>Null when this payer has granted no such allowance in the dossier.</summary>
    internal static Task<StoppedAllowance?> StopAsync(string kind, string dossier, DateOnly on, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        transaction.FindAsync<StoppedAllowance>(StopOne, new { Kind = kind, Dossier = dossier, On = on }, cancellationToken);
}
