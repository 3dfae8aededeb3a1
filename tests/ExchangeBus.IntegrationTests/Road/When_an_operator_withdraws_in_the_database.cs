using Dapper;
using ExchangeBus.Agencies;
using ExchangeBus.Signatures;
using ExchangeBus.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ExchangeBus.IntegrationTests.Road;

[TestFixture]
public sealed class When_an_operator_withdraws_in_the_database
{
    private RunningBus _bus = null!;

    [SetUp]
    public async Task StartAsync() => _bus = await RunningBus.StartAsync(Servers.Current, [Samples.Portal, Samples.Health], Samples.WithoutProcedures);

    [TearDown]
    public async Task StopAsync() => await _bus.DisposeAsync();

    [Test]
    public async Task Should_keep_a_system_withdrawn_however_often_a_node_starts()
    {
        await ExecuteAsync("update agency_system set withdrawn_at = now() where agency = 'G18'");

        await _bus.RestartAsync([Samples.Portal, Samples.Health]);
        await _bus.RestartAsync([Samples.Portal, Samples.Health]);

        Assert.That(await LiveSystemsAsync(), Is.EqualTo([Samples.Portal.BrokerUser]));
        var factory = new ConnectionFactory { Uri = _bus.AmqpUri, UserName = Samples.Health.BrokerUser, Password = Samples.Health.BrokerPassword };
        Assert.That(() => factory.CreateConnectionAsync(), Throws.TypeOf<BrokerUnreachableException>(), "nor does it get its broker user back");
    }

    [Test]
    public async Task Should_have_it_back_when_the_operator_takes_it_back()
    {
        await ExecuteAsync("update agency_system set withdrawn_at = now() where agency = 'G18'");
        await _bus.RestartAsync([Samples.Portal, Samples.Health]);
        await ExecuteAsync("update agency_system set withdrawn_at = null where agency = 'G18'");
        Assert.That(await LiveSystemsAsync(), Does.Contain(Samples.Health.BrokerUser));

        // Out and in again: what the configuration withdrew, it brings back.
        await _bus.RestartAsync([Samples.Portal]);
        Assert.That(await LiveSystemsAsync(), Is.EqualTo([Samples.Portal.BrokerUser]));
        await _bus.RestartAsync([Samples.Portal, Samples.Health]);
        Assert.That(await LiveSystemsAsync(), Does.Contain(Samples.Health.BrokerUser));
        Assert.That(await LiveKeysAsync(), Does.Contain(Samples.Health.PrivateKey.KeyId));
    }

    [Test]
    public async Task Should_keep_what_the_configuration_withdrew_before_withdrawn_when_it_has_leaked()
    {
        await _bus.RestartAsync([Samples.Portal]);
        await ExecuteAsync("update agency_system set withdrawn_at = now() where agency = 'G18'");
        await ExecuteAsync("update agency_credential set withdrawn_at = now() where agency = 'G18'");

        await _bus.RestartAsync([Samples.Portal, Samples.Health]);

        Assert.That(await LiveSystemsAsync(), Is.EqualTo([Samples.Portal.BrokerUser]));
        Assert.That(await LiveKeysAsync(), Does.Not.Contain(Samples.Health.PrivateKey.KeyId));
    }

    [Test]
    public async Task Should_keep_a_key_withdrawn_that_was_entered_by_hand_and_is_configured_later()
    {
        using var entered = SigningKey.Create();
        await ExecuteAsync(
            "insert into agency_credential (agency, system, kind, name, public_key, withdrawn_at) values (@Code, @System, 'key', @Name, @Key, now())",
            new { Samples.Portal.Code, Samples.Portal.System, Name = entered.KeyId, Key = entered.PublicKey.ToJwk() });

        await SaveAsync(entered.PublicKey, null);

        Assert.That(await LiveKeysAsync(), Does.Not.Contain(entered.KeyId));
    }

    [Test]
    public async Task Should_not_start_with_another_key_under_a_known_kid_nor_lose_the_first()
    {
        using var first = SigningKey.Create();
        using var second = SigningKey.Create(SignatureAlgorithms.Es256);
        await SaveAsync(first.PublicKey, "portal-1");
        // The same key in another form is the same key.
        await ExecuteAsync("update agency_credential set public_key = @Spaced where name = 'portal-1'", new { Spaced = first.PublicKey.ToJwk().Replace(",", ", ", StringComparison.Ordinal) });
        await SaveAsync(first.PublicKey, "portal-1");
        var before = await RowsAsync();

        Assert.That(() => SaveAsync(second.PublicKey, "portal-1"), Throws.TypeOf<OptionsValidationException>()
            .With.Message.Contains("the KeyId portal-1 of G22.99.08.portal is known with another public key"));
        Assert.That(await RowsAsync(), Is.EqualTo(before), "nothing was changed");

        await SaveAsync(second.PublicKey, "portal-2");
        Assert.That(await RowsAsync(), Has.Some.Contains("portal-1").And.Some.Contains("portal-2"), "a withdrawn key's row stays");
    }

    private Task SaveAsync(VerificationKey key, string? keyId)
    {
        var system = new SystemOptions { System = Samples.Portal.System };
        system.Keys.Add(new KeyOptions { PublicKey = key.ToJwk(), KeyId = keyId });
        var agency = new AgencyOptions { Code = Samples.Portal.Code, Name = "Test agency" };
        agency.Systems.Add(system);
        return _bus.Provider.GetRequiredService<CredentialStore>().SaveAsync([agency], TimeProvider.System.GetUtcNow());
    }

    private Task<string[]> LiveSystemsAsync() => QueryAsync("select agency || '.' || system from agency_system where withdrawn_at is null order by 1");

    private Task<string[]> LiveKeysAsync() => QueryAsync("select name from agency_credential where withdrawn_at is null order by 1");

    private Task<string[]> RowsAsync() => QueryAsync("select to_jsonb(c)::text from agency_credential c order by id");

    private async Task<string[]> QueryAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_bus.ConnectionString);
        return [.. await connection.QueryAsync<string>(sql)];
    }

    private async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = new NpgsqlConnection(_bus.ConnectionString);
        await connection.ExecuteAsync(sql, parameters);
    }
}
