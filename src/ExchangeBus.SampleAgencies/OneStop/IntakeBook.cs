using System.Globalization;
using ExchangeBus.SampleAgencies.Steps;
using Npgsql;

namespace ExchangeBus.SampleAgencies.OneStop;

/// <summary>A dossier on the desk's table.</summary>
internal sealed record IntakeEntry(string ProvinceNumber, int Attachments, DateTime? AskedAt, DateTime? SuppliedAt, DateTime? AcceptedAt)
{
    internal bool WaitsForSupplement => AskedAt is not null && SuppliedAt is null && AcceptedAt is null;
}

/// <summary>The desk's book of dossiers, with the province's own numbers.</summary>
internal static class IntakeBook
{
    // An insert first, so that two commands for one dossier wait for each other.
    private const string Enter = """
        insert into intake (dossier_number, province_number, attachments) values (@Dossier, @ProvinceNumber, @Attachments) on conflict do nothing
        """;

    private const string Select = """
        select province_number as ProvinceNumber, attachments, asked_at as AskedAt, supplied_at as SuppliedAt, accepted_at as AcceptedAt from intake where dossier_number = @Dossier for update
        """;

    private const string Ask = "update intake set asked_at = @At, attachments = @Attachments where dossier_number = @Dossier";
    private const string Supply = "update intake set supplied_at = @At where dossier_number = @Dossier and asked_at is not null and supplied_at is null and accepted_at is null";
    private const string Accept = "update intake set accepted_at = @At where dossier_number = @Dossier";

    internal static async Task<IntakeEntry> EnterAsync(string dossier, int attachments, DateOnly today, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        var serial = await transaction.FindAsync<long>("select nextval('province_serial')", new { }, cancellationToken);
        var number = string.Create(CultureInfo.InvariantCulture, $"MC-{today.Year}-{serial:000000}");
        await transaction.DoAsync(Enter, new { Dossier = dossier, ProvinceNumber = number, Attachments = attachments }, cancellationToken);
        return (await FindAsync(dossier, transaction, cancellationToken))!;
    }

    internal static Task<IntakeEntry?> FindAsync(string dossier, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        transaction.FindAsync<IntakeEntry>(Select, new { Dossier = dossier }, cancellationToken);

    internal static Task AskAsync(string dossier, int attachments, DateTimeOffset at, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        transaction.DoAsync(Ask, new { Dossier = dossier, Attachments = attachments, At = at }, cancellationToken);

    /// <summary>False when nothing was asked for, or it has come already.</summary>
    internal static async Task<bool> SupplyAsync(string dossier, DateTimeOffset at, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        await transaction.DoAsync(Supply, new { Dossier = dossier, At = at }, cancellationToken) > 0;

    internal static Task AcceptAsync(string dossier, DateTimeOffset at, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        transaction.DoAsync(Accept, new { Dossier = dossier, At = at }, cancellationToken);
}
