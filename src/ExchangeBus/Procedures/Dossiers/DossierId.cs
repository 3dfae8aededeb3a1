using ExchangeBus.Contracts;

namespace ExchangeBus.Procedures.Dossiers;

/// <summary>The saga's key of a dossier: made from its number, so that every agency's answer finds it without knowing the key.</summary>
internal static class DossierId
{
    internal static Guid Of(string dossierNumber) => EventKey.Of("urn:exchangebus:dossier", dossierNumber);
}
