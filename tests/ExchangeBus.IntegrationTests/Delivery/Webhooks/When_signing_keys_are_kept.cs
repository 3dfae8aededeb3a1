using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using ExchangeBus.Testing;
using Npgsql;

namespace ExchangeBus.IntegrationTests.Delivery.Webhooks;

[TestFixture]
public sealed class When_signing_keys_are_kept
{
    private const string Sealing = "Delivery:Webhooks:Sealing";
    private static readonly string First = NewKey();
    private static readonly string Next = NewKey();

    private HookReceiver _receiver = null!;

    [SetUp]
    public async Task OpenAsync() => _receiver = await HookReceiver.StartAsync();

    [TearDown]
    public async Task CloseAsync() => await _receiver.DisposeAsync();

    [Test]
    public async Task Should_lie_encrypted_and_sign_all_the_same_also_under_another_key()
    {
        await using var desk = await OpenDeskAsync(With("first", ("first", First)));
        await HookAsync(desk, "hooked");
        await DeliverAsync(desk);
        var stored = await StoredAsync(desk, "G18.hooked");

        // Both are known, the next one encrypts; then the first one is forgotten.
        await desk.Bus.RestartAsync(Agencies, With("next", ("first", First), ("next", Next)));
        var rewritten = await StoredAsync(desk, "G18.hooked");
        await desk.Bus.RestartAsync(Agencies, With("next", ("next", Next)));
        await DeliverAsync(desk);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(stored, Does.StartWith("sealed:first:").And.Not.Contains(HookDesk.Key["whsec_".Length..^1]));
            Assert.That(rewritten, Does.StartWith("sealed:next:"));
            Assert.That(_receiver.Taken.Select(IsSigned), Is.EqualTo([true, true]));
        }
    }

    [Test]
    public async Task Should_be_encrypted_at_the_start_when_they_lie_plain_and_be_warned_of_without_a_key()
    {
        await using var desk = await OpenDeskAsync(With("first", ("first", First)));
        await HookAsync(desk, "hooked");
        await ExecuteAsync(desk, "update webhook_key set secret = @Key", new { HookDesk.Key });

        using var logs = new LoggedTexts();
        await desk.Bus.RestartAsync(Agencies, With(null), logs);
        await DeliverAsync(desk);
        var plain = await StoredAsync(desk, "G18.hooked");
        await desk.Bus.RestartAsync(Agencies, With("next", ("next", Next)));
        await DeliverAsync(desk);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(logs.All.Count(l => l.Contains("1 signing keys of webhooks lie in the database as they are")), Is.EqualTo(1));
            Assert.That(plain, Is.EqualTo(HookDesk.Key), "it goes on as it did");
            Assert.That(await StoredAsync(desk, "G18.hooked"), Does.StartWith("sealed:next:"));
            Assert.That(_receiver.Taken.Select(IsSigned), Is.EqualTo([true, true]));
            Assert.That(logs.All, Has.None.Contains(HookDesk.Key));
        }
    }

    [Test]
    public async Task Should_sign_nothing_from_a_row_that_was_copied_over_another()
    {
        await using var desk = await OpenDeskAsync(With("first", ("first", First)));
        await HookAsync(desk, "hooked");
        await HookAsync(desk, "other");
        await ExecuteAsync(desk, "update webhook_key set secret = (select secret from webhook_key where subscription = 'G18.other') where subscription = 'G18.hooked'");
        await ExecuteAsync(desk, "update webhook_endpoint set version = version + 1; insert into webhook_change select subscription, 2, action, changed_at, changed_by, reason from webhook_change");
        await Task.Delay(TimeSpan.FromSeconds(2), CancellationToken.None);

        await desk.PublishAsync(HookDesk.Subject(1));
        var waiting = await desk.WaitUntilWaitingAsync(1);
        await _receiver.TakenAsync(1);

        Assert.That(waiting[0].GetProperty("failure").GetString(), Is.EqualTo("no-key"));
        Assert.That(_receiver.Taken, Has.Count.EqualTo(1), "only the other subscription's");
    }

    [Test]
    public async Task Should_not_be_taken_without_a_key_that_encrypts_them()
    {
        await using var desk = await OpenDeskAsync(With(null));

        Assert.That(await AgreementDesk.RefusedAsync(desk.AtReceiver, HttpMethod.Put, $"subscriptions/{HookDesk.Name}/webhook", HookDesk.Asked(_receiver)),
            Is.EqualTo((503, new[] { " webhook.sealing" })));
        Assert.That(await Database.CountAsync(desk.Bus.ConnectionString, "select count(*) from webhook_key"), Is.Zero);
    }

    private static IReadOnlyList<TestAgency> Agencies => [AgreementDesk.Owner, AgreementDesk.Receiver, AgreementDesk.Stranger];

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static Dictionary<string, string?> With(string? current, params (string Name, string Key)[] keys)
    {
        // Those of before, and that of other tests, are left out.
        var settings = new Dictionary<string, string?> { [$"{Sealing}:Current"] = current, [$"{Sealing}:Keys"] = null };
        foreach (var (name, key) in keys)
            settings[$"{Sealing}:Keys:{name}"] = key;
        return settings;
    }

    private static async Task<AgreementDesk> OpenDeskAsync(Dictionary<string, string?> sealing)
    {
        var settings = HookDesk.Settings;
        foreach (var (name, value) in sealing)
            settings[name] = value;
        var desk = await AgreementDesk.OpenAsync(settings);
        await desk.AgreeAsync("statistics", AgreementDesk.Terms("public"));
        await desk.SubscribeAsync("hooked", "statistics", way: "webhook");
        await desk.SubscribeAsync("other", "statistics", way: "webhook");
        return desk;
    }

    private Task<JsonElement> HookAsync(AgreementDesk desk, string name) => desk.HookAsync(_receiver, $"G18.{name}");

    /// <summary>Publishes with a host that runs now, and returns when one more was taken.</summary>
    private async Task DeliverAsync(AgreementDesk desk)
    {
        var before = _receiver.Taken.Count;
        using var owner = desk.Bus.ClientOf(AgreementDesk.Owner);
        await desk.PublishAsync(HookDesk.Subject(before), owner);
        await _receiver.TakenAsync(before + 1);
    }

    private static bool IsSigned(Hooked hooked)
    {
        var content = Encoding.UTF8.GetBytes($"{hooked.Headers["webhook-id"]}.{hooked.Headers["webhook-timestamp"]}.{Encoding.UTF8.GetString(hooked.Body)}");
        return hooked.Headers["webhook-signature"] == $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(HookDesk.Key["whsec_".Length..]), content))}";
    }

    private static async Task<string> StoredAsync(AgreementDesk desk, string subscription)
    {
        await using var connection = new NpgsqlConnection(desk.Bus.ConnectionString);
        return (await connection.QuerySingleAsync<string>("select secret from webhook_key where subscription = @Subscription", new { Subscription = subscription }))!;
    }

    private static async Task ExecuteAsync(AgreementDesk desk, string sql, object? parameters = null)
    {
        await using var connection = new NpgsqlConnection(desk.Bus.ConnectionString);
        await connection.ExecuteAsync(sql, parameters);
    }
}
