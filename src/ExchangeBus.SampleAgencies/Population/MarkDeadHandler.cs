using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.SampleAgencies.Steps;

namespace ExchangeBus.SampleAgencies.Population;

/// <summary>Whoever stands in the book of deaths is dead in the population database too.</summary>
internal sealed class MarkDeadHandler : ITypeHandler
{
    public string Type => EventTypes.DeathRegistered;

    public Task HandleAsync(EventContext context, CancellationToken cancellationToken) =>
        MarkLife.OfAsync(context.Read<DeathRegistered>().Deceased, isDead: true, context, cancellationToken);
}

/// <summary>Whoever was registered as dead by mistake lives again in the population database; who has really died is dead.</summary>
internal sealed class MarkAliveHandler : ITypeHandler
{
    public string Type => EventTypes.DeathRevoked;

    public async Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        var revoked = context.Read<DeathRevoked>();
        await MarkLife.OfAsync(revoked.Person, isDead: false, context, cancellationToken);
        if (revoked.ReallyDead is { } dead)
            await MarkLife.OfAsync(dead, isDead: true, context, cancellationToken);
    }
}

/// <summary>Marks somebody who can be found: by a number.</summary>
internal static class MarkLife
{
    internal static Task OfAsync(Deceased person, bool isDead, EventContext context, CancellationToken cancellationToken) =>
        (person.PersonalId?.Value ?? person.OldIdCard) is { } key
            ? Citizens.MarkLifeAsync(key, person.Name.Value is { } name ? Citizens.WholeName(name) : "", isDead, context.Transaction, cancellationToken)
            : Task.CompletedTask;
}
