using ExchangeBus.Contracts.Corrections;

namespace ExchangeBus.Procedures.Dossiers;

/// <summary>The key of a civil-status record: commune, book and number (the books of a merged commune stay apart).</summary>
internal static class RegistrationKeys
{
    internal static string Of(string commune, string book, string number) => $"{commune}/{book}/{number}";

    internal static string Of(RegistrationReference registration) => Of(registration.Commune, registration.Book, registration.RegistrationNumber);
}

/// <summary>The numbering worlds in which one dossier is known.</summary>
internal static class NumberingWorlds
{
    internal const string Province = "province";
    internal const string CivilStatus = "civilStatus";
    internal const string Residence = "residence";
}
