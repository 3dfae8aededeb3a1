namespace ExchangeBus;

/// <summary>What a host does. Roles scale apart; a host may have several.</summary>
public enum BusRole
{
    /// <summary>Takes events over HTTP and AMQP.</summary>
    Gateway,

    /// <summary>Moves events from the log to the subscribers' queues.</summary>
    Dispatch,

    /// <summary>Takes acknowledgements and answers who has what.</summary>
    Delivery,

    /// <summary>Runs the linked procedures.</summary>
    Procedures,

    /// <summary>Serves the pages for people.</summary>
    Console,
}
