using ExchangeBus.MassTransit.PostgreSql;
using MassTransit;

namespace ExchangeBus.IntegrationTests.SagaStore;

[TestFixture(true, false)]
[TestFixture(false, false)]
[TestFixture(true, true)]
internal sealed class When_two_processes_share_the_work(bool coalesce, bool pessimistic)
{
    [Test]
    public async Task Should_count_once_a_message_that_both_receive()
    {
        const int messages = 300;
        await using var first = await StartAsync(null);
        await using var second = await StartAsync(first.Schema);
        var ids = Enumerable.Range(0, 20).Select(_ => NewId.NextGuid()).ToArray();

        foreach (var chunk in Enumerable.Range(0, messages).Chunk(30))
        {
            await Task.WhenAll(chunk.SelectMany(number =>
            {
                var messageId = NewId.NextGuid();
                var message = new CountOne { CounterId = ids[number % ids.Length] };
                return new[] { first, second }.Select(x => x.Bus.Publish(message, p => p.MessageId = messageId));
            }));
        }
        await first.ReceivedAsync(messages);
        await second.ReceivedAsync(messages);

        await first.EventuallyAsync("select count(*) from {schema}.outbox", 0L);
        await first.EventuallyAsync(() => first.Results.Count + second.Results.Count, messages, "results");
        Assert.That(await first.ScalarAsync<long>("select sum((data ->> 'count')::int) from {schema}.saga_counter"), Is.EqualTo(messages));
        Assert.That(await first.ScalarAsync<long>("select count(*) from {schema}.inbox"), Is.EqualTo(messages));
    }

    private Task<StorageHost> StartAsync(string? schema) => StorageHost.StartAsync(x =>
    {
        x.AddSagaStateMachine<CounterMachine, Counter>().PostgreSqlRepository(r => r.Pessimistic = pessimistic)
            .Endpoint(e => e.ConcurrentMessageLimit = 16);
        x.UsePostgreSqlOutboxOnEndpoints();
    }, x => x.Coalesce = coalesce, schema: schema);
}
