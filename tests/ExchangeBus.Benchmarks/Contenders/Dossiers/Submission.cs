using System.Globalization;
using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;

namespace ExchangeBus.Benchmarks.Contenders.Dossiers;

/// <summary>What the portal hands in: the schemas' own example of a single mother whose child joins her father's household, under a number of its own.</summary>
internal sealed class Submission(bool withIdentityCard)
{
    private const int Digits = 10;
    private const long Numbers = 10_000_000_000;

    private static readonly LinkedBirthSubmitted Example = EventData.Read<LinkedBirthSubmitted>(BirthEvent.Data("v1.valid/single-mother.json"));

    internal LinkedBirthSubmitted Create(long number) => Example with
    {
        DossierNumber = $"G22.99.08-261123-{Text(number)}",
        BirthNoticeNumber = $"{Text(number)[..5]}.GCS.{Text(number)[5..]}.26",
        Procedures = [LinkedProcedures.PermanentResidence, LinkedProcedures.HealthCard],
        IdentityCard = withIdentityCard ? true : null,
    };

    /// <summary>The running number at the end of a dossier number, ten digits.</summary>
    internal static string DigitsOf(string dossierNumber) => dossierNumber[^Digits..];

    /// <summary>The number from which a dossier was created; ten digits of it stand in the dossier number, the run says the rest.</summary>
    internal static long NumberOf(string dossierNumber, long first)
    {
        var after = (long.Parse(DigitsOf(dossierNumber), CultureInfo.InvariantCulture) - first) % Numbers;
        return first + (after < 0 ? after + Numbers : after);
    }

    private static string Text(long number) => (number % Numbers).ToString("D10", CultureInfo.InvariantCulture);
}
