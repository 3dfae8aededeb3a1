using ExchangeBus.MassTransit.PostgreSql;
using MassTransit;

namespace ExchangeBus.IntegrationTests.SagaStore;

internal sealed class When_the_same_work_comes_from_many_sides
{
    [TestCase(true, 2000, 4000)]
    [TestCase(true, 2000, 400)]
    [TestCase(true, 2000, 20)]
    [TestCase(false, 1000, 200)]
    [TestCase(false, 500, 5)]
    public async Task Should_count_each_message_exactly_once(bool coalesce, int messages, int sagas)
    {
        await using var host = await StorageHost.StartAsync(x =>
        {
            x.AddSagaStateMachine<CounterMachine, Counter>().PostgreSqlRepository().Endpoint(e => e.ConcurrentMessageLimit = 64);
            x.UsePostgreSqlOutboxOnEndpoints();
        }, x => x.Coalesce = coalesce);
        var ids = Enumerable.Range(0, sagas).Select(_ => NewId.NextGuid()).ToArray();
        var random = new Random(20261123);
        var copies = Enumerable.Range(0, messages)
            .Select(_ => (Saga: ids[random.Next(sagas)], MessageId: NewId.NextGuid(), Times: random.Next(1, 4)))
            .SelectMany(x => Enumerable.Repeat(x, x.Times)).ToArray();
        random.Shuffle(copies);

        foreach (var chunk in copies.Chunk(200))
            await Task.WhenAll(chunk.Select(x => host.Bus.Publish(new CountOne { CounterId = x.Saga }, p => p.MessageId = x.MessageId)));
        await host.ReceivedAsync(copies.Length);

        await host.EventuallyAsync("select count(*) from {schema}.outbox", 0L);
        await host.EventuallyAsync(() => host.Results.Count, messages, "results");
        Assert.That(await host.ScalarAsync<long>("select sum((data ->> 'count')::int) from {schema}.saga_counter"), Is.EqualTo(messages));
        Assert.That(await host.ScalarAsync<long>("select sum(version) from {schema}.saga_counter"), Is.EqualTo(messages));
        Assert.That(await host.ScalarAsync<long>("select count(*) from {schema}.inbox"), Is.EqualTo(messages));
        var inOrder = host.Results.GroupBy(x => x.CounterId).Where(x => !x.Select(y => y.Count).SequenceEqual(Enumerable.Range(1, x.Count())));
        Assert.That(inOrder.Select(x => x.Key), Is.Empty, "results of a saga out of the order of its steps");
    }
}
