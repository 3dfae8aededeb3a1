using System.Security.Cryptography;
using System.Text;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.Delivery.Webhooks;

[TestFixture]
public sealed class When_a_receiver_takes_all
{
    private HookReceiver _receiver = null!;
    private AgreementDesk _desk = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _receiver = await HookReceiver.StartAsync();
        _desk = await HookDesk.OpenAsync(_receiver);
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _desk.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Test]
    public async Task Should_get_each_event_once_signed_cut_and_in_order_of_its_key_and_be_taken_at_its_word()
    {
        const int Events = 60;
        var published = new List<long>();
        for (var i = 0; i < Events; i++)
            published.Add(await _desk.PublishAsync(HookDesk.Subject(i % 6)));

        await _receiver.TakenAsync(Events);
        await _desk.AcknowledgedAsync(published[^1]);

        var taken = _receiver.Taken.ToArray();
        Assert.That(taken.Select(t => t.Sequence).Order(), Is.EqualTo(published), "each once");
        foreach (var citizen in taken.GroupBy(t => t.Event.Subject))
            Assert.That(citizen.Select(t => t.Sequence), Is.Ordered.Ascending, "one citizen's in order");
        Assert.That(taken.Select(IsSigned), Is.All.True);
        Assert.That(taken.Select(t => t.Event["previoussequence"]).Distinct().Count(), Is.EqualTo(Events), "a chain");
        Assert.That(taken.Select(t => Encoding.UTF8.GetString(t.Event.Data.Span)), Has.All.Contains("birthDate").And.None.Contains("fullName"));
        Assert.That(await Database.CountAsync(_desk.Bus.ConnectionString, "select max(sequence) from delivery_receipt where subscription = 'G18.hooked'"), Is.EqualTo(published[^1]));
        var balance = await _desk.BalanceAsync();
        Assert.That(balance.GetProperty("delivered").GetInt64(), Is.EqualTo(Events));
        Assert.That(balance.GetProperty("waiting").GetInt64(), Is.Zero);
    }

    [Test]
    public async Task Should_be_read_by_the_official_SDK()
    {
        var sequence = await _desk.PublishAsync();
        await _receiver.TakenAsync(1);
        var taken = _receiver.Taken.Single();

        using var request = new HttpRequestMessage(HttpMethod.Post, "http://agency.test/") { Content = new ByteArrayContent(taken.Body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", taken.Headers["Content-Type"]);
        var read = await CloudNative.CloudEvents.Http.HttpClientExtensions.ToCloudEventAsync(request, new JsonEventFormatter());

        Assert.That(read.SpecVersion, Is.EqualTo(CloudEventsSpecVersion.V1_0));
        Assert.That((read.Type, read.Subject, read["sequence"]), Is.EqualTo((taken.Event.Type, taken.Event.Subject, $"{sequence}")));
        Assert.That(read.GetPopulatedAttributes().Select(a => a.Key.Name), Has.Member("withheldfields").And.Member("partitionkey").And.Member("recordedtime"));
    }

    [Test]
    public async Task Should_be_signed_by_both_keys_while_one_takes_over_from_the_other()
    {
        var path = $"subscriptions/{HookDesk.Name}/webhook";
        var added = await AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Post, $"{path}/keys", new() { ["reason"] = "yearly change" });
        var made = added.GetProperty("madeKeys")[0];
        var old = added.GetProperty("webhook").GetProperty("keys").EnumerateArray().Single(k => k.GetProperty("id").GetString() != made.GetProperty("id").GetString());
        await EventuallySignedAsync(signature => signature.Split(' ').Length == 2);
        Assert.That(IsSigned(_receiver.Taken.Last(), made.GetProperty("key").GetString()!), Is.True);

        using var withdrawn = await _desk.AtReceiver.DeleteAsync($"{path}/keys/{old.GetProperty("id").GetString()}?reason=changed");
        Assert.That((int)withdrawn.StatusCode, Is.EqualTo(204));

        await EventuallySignedAsync(signature => signature.Split(' ').Length == 1);
        Assert.That(IsSigned(_receiver.Taken.Last(), made.GetProperty("key").GetString()!), Is.True);
        Assert.That(IsSigned(_receiver.Taken.Last()), Is.False);
    }

    private Task<string> EventuallySignedAsync(Func<string, bool> so) => Eventually.GetAsync(async () =>
    {
        var count = _receiver.Taken.Count;
        await _desk.PublishAsync();
        await Eventually.GetAsync(() => Task.FromResult(_receiver.Taken.Count), n => n > count, "the next one taken");
        return _receiver.Taken.Last().Headers["webhook-signature"];
    }, so, "signed by the other keys");

    private static bool IsSigned(Hooked hooked) => IsSigned(hooked, HookDesk.Key);

    // As Standard Webhooks describes it, and not by the code that signs.
    private static bool IsSigned(Hooked hooked, string key)
    {
        var content = Encoding.UTF8.GetBytes($"{hooked.Headers["webhook-id"]}.{hooked.Headers["webhook-timestamp"]}.").Concat(hooked.Body).ToArray();
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(key["whsec_".Length..]), content));
        return hooked.Headers["webhook-signature"].Split(' ').Contains(expected);
    }
}
