using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.SampleAgencies.Steps;
using Npgsql;

namespace ExchangeBus.SampleAgencies.Population;

/// <summary>Somebody as the population database has them.</summary>
internal sealed record CitizenEntry(string Name, string? BirthDate, bool IsDead, string? ReplacedBy);

/// <summary>The population database.</summary>
internal static class Citizens
{
    private const string Enter = "insert into citizen (key, name, birth_date) values (@Key, @Name, @BirthDate) on conflict do nothing";
    private const string Select = "select name, birth_date as BirthDate, is_dead as IsDead, replaced_by as ReplacedBy from citizen where key = @Key";
    private const string MarkLife = "insert into citizen (key, name, is_dead) values (@Key, @Name, @IsDead) on conflict (key) do update set is_dead = excluded.is_dead";

    private const string Cancel = """
        insert into citizen (key, name, replaced_by) values (@Old, @Name, @New)
        on conflict (key) do update set replaced_by = excluded.replaced_by where citizen.replaced_by is null
        """;

    /// <summary>Finds a citizen; who is not there yet is entered as asked about.</summary>
    internal static async Task<CitizenEntry> FindAsync(string key, PersonName name, string? birthDate, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await transaction.DoAsync(Enter, new { Key = key, Name = WholeName(name), BirthDate = birthDate }, cancellationToken);
        return (await transaction.FindAsync<CitizenEntry>(Select, new { Key = key }, cancellationToken))!;
    }

    internal static Task MarkLifeAsync(string key, string name, bool isDead, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        transaction.DoAsync(MarkLife, new { Key = key, Name = name, IsDead = isDead }, cancellationToken);

    /// <summary>False when the old number was replaced before.</summary>
    internal static async Task<bool> CancelAsync(string old, string replacement, PersonName name, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        await transaction.DoAsync(Cancel, new { Old = old, New = replacement, Name = WholeName(name) }, cancellationToken) > 0;

    /// <summary>Names are compared as a whole: their parts are cut differently in each system.</summary>
    internal static string WholeName(PersonName name) =>
        string.Join(' ', new[] { name.Family, name.Middle, name.Given }.Where(part => !string.IsNullOrWhiteSpace(part))).ToUpperInvariant();

    /// <summary>Dates agree as far as both are known: <c>1990</c> agrees with <c>1990-02-28</c>.</summary>
    internal static bool Agree(string? one, string? other) =>
        one is null || other is null || one.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(one, StringComparison.Ordinal);
}
