namespace ExchangeBus.Contracts;

/// <summary>A subscriber tells the bus that a delivery came whose predecessor it has not seen.</summary>
/// <param name="Subscription">Name of the subscription, <c>agency.name</c>.</param>
/// <param name="Partition">Partition of the subscription, from 0. Default 0.</param>
/// <param name="Missing">The <c>previoussequence</c> that was not seen.</param>
public sealed record DeliveryGap(string Subscription, int Partition, long Missing);

/// <summary>The bus's answer to a <see cref="DeliveryGap"/>.</summary>
/// <param name="Acknowledged">All deliveries up to here are acknowledged; the chain goes on after it.</param>
/// <param name="Redelivers">True when the bus delivers again what follows <paramref name="Acknowledged"/>.</param>
public sealed record GapAnswer(long Acknowledged, bool Redelivers);
