namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Found as payload of a consume context that is behind the outbox.</summary>
internal interface IUnitOfWorkContext
{
    UnitOfWork Unit { get; }
}
