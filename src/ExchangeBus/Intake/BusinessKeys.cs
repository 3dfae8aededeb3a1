using ExchangeBus.Checks;
using ExchangeBus.Contracts;
using ExchangeBus.Log;

namespace ExchangeBus.Intake;

/// <summary>What an event is about in the world, as hashes that say nothing about it.</summary>
internal sealed class BusinessKeys(EventTypeCatalogue catalogue, OrderKeys orderKeys)
{
    internal IReadOnlyList<BusinessKey> Of(CloudEvent cloudEvent)
    {
        if (catalogue.Find(cloudEvent.Type)?.BusinessIdentity is not { } identity)
            return [];
        var found = identity.Of(cloudEvent.Data.Span);
        var keys = new BusinessKey[found.Count];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = new BusinessKey(orderKeys.BusinessKeyOf($"{cloudEvent.Type}\n{found[i].Rule}\n{found[i].Values}"), found[i].Rule);
        return keys;
    }
}
