using ExchangeBus.Agencies;
using ExchangeBus.Subscriptions.Agreements;
using Microsoft.Extensions.Logging;

namespace ExchangeBus.Subscriptions;

/// <summary>
/// Brings a subscription that the configuration names into the database, with the agreement that it rests on, which has the same name. What has not changed
/// is left alone, so that a restart changes nothing.
/// </summary>
internal sealed class ConfiguredSubscriptions(SubscriptionStore subscriptions, AgreementStore agreements, ILogger<ConfiguredSubscriptions> logger)
{
    private const string By = "configuration";

    internal Task SaveAsync(string agency, SubscriptionOptions configured, CancellationToken cancellationToken) => SaveAsync(
        new Subscription($"{agency}.{configured.Name}", agency, Way.Queue, configured.Partitions, IsOrdered: true),
        [.. configured.Types], configured.Fields.Count == 0 ? ["public"] : [.. configured.Fields], configured.Filter, cancellationToken);

    internal async Task SaveAsync(
        Subscription subscription, IReadOnlyList<string> types, IReadOnlyList<string> fields, string? filter, CancellationToken cancellationToken)
    {
        if (await subscriptions.PartitionsAsync(subscription.Name, cancellationToken) is { } partitions && partitions != subscription.Partitions)
            throw new InvalidOperationException($"The partitions of subscription {subscription.Name} cannot be changed: order would be lost. Make a new subscription.");
        try
        {
            await WriteAsync(subscription, types, fields, filter, cancellationToken);
        }
        catch (ChangedMeanwhileException)
        {
            // Another host of the same configuration starts too, and was faster.
            await WriteAsync(subscription, types, fields, filter, cancellationToken);
        }
    }

    private async Task WriteAsync(
        Subscription subscription, IReadOnlyList<string> types, IReadOnlyList<string> fields, string? filter, CancellationToken cancellationToken)
    {
        await SaveAgreementAsync(subscription, new AgreementTerms { Purpose = "As configured", Releases = [new ReleaseTerms(types, fields)] }, cancellationToken);

        var terms = new SubscriptionTerms { Types = types, Agreements = [subscription.Name], Filter = filter };
        var before = await subscriptions.NewestAsync(subscription.Name, cancellationToken);
        if (before is { State: not SubscriptionState.Ended } && SubscriptionsJson.Write(before.Terms) == SubscriptionsJson.Write(terms))
            return;
        var state = before?.State is SubscriptionState.Paused ? SubscriptionState.Paused : SubscriptionState.Active;
        var after = await subscriptions.ChangeAsync(subscription, before, state, terms, By, "configured", isConfigured: true, cancellationToken);
        if (before is not null)
            logger.ConfigurationApplied(subscription.Name, after.FromSequence);
    }

    /// <summary>Ends what an earlier configuration made; its agreement with it.</summary>
    internal async Task<IReadOnlyList<string>> EndOthersAsync(IReadOnlyList<string> kept, CancellationToken cancellationToken)
    {
        var names = await subscriptions.ConfiguredBeforeAsync(kept, cancellationToken);
        foreach (var name in names)
        {
            var before = (await subscriptions.NewestAsync(name, cancellationToken))!;
            var agreement = await agreements.FindAsync(name, cancellationToken);
            var subscription = new Subscription(name, agreement?.Agency ?? name[..name.LastIndexOf('.')], Way.Queue, 1, IsOrdered: true);
            await subscriptions.ChangeAsync(subscription, before, SubscriptionState.Ended, before.Terms, By, "no longer configured", isConfigured: true, cancellationToken);
            // Otherwise another subscription could rest on it, and nobody could end it.
            if (agreement is { IsConfigured: true, Current.State: not AgreementState.Ended })
                await agreements.ChangeAsync(agreement, AgreementState.Ended, agreement.Current.Terms, By, "no longer configured", isSilent: false, cancellationToken);
        }

        return names;
    }

    private async Task SaveAgreementAsync(Subscription subscription, AgreementTerms terms, CancellationToken cancellationToken)
    {
        var agreement = await agreements.FindAsync(subscription.Name, cancellationToken)
            ?? new Agreement(subscription.Name, subscription.Agency, Subscription.BusAgency, IsConfigured: true, []);
        if (agreement.Versions.Count > 0 && agreement.Current.State == AgreementState.Active && SubscriptionsJson.Write(agreement.Current.Terms) == SubscriptionsJson.Write(terms))
            return;
        var version = await agreements.ChangeAsync(
            agreement, AgreementState.Active, terms, By, "configured", isSilent: agreement.Versions.Count == 0, cancellationToken);
        if (version.Version > 1)
            logger.ConfigurationApplied(agreement.Id, version.FromSequence);
    }
}
