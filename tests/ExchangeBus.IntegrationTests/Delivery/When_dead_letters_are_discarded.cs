using System.Net.Http.Json;
using System.Text.Json;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.Delivery;

[TestFixture]
public sealed class When_dead_letters_are_discarded
{
    private DeliveryDesk _desk = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _desk = await DeliveryDesk.StartAsync();
        await _desk.PublishAsync(4);
        await _desk.RejectAsync(4);
    }

    [TearDown]
    public async Task CloseAsync() => await _desk.DisposeAsync();

    [Test]
    public async Task Should_be_listed_apart_and_left_alone_by_all()
    {
        var answer = await DiscardAsync(new { sequences = new[] { 1, 2 }, reason = "Đã xử lý bằng văn bản", officer = "CB-17" });
        var again = await DiscardAsync(new { sequences = new[] { 2 }, reason = "Lần thứ hai", officer = "CB-18" });
        var listed = await _desk.Agency.GetFromJsonAsync<JsonElement[]>($"subscriptions/{DeliveryDesk.Subscription}/dead-letters?discarded=true");
        var before = await BalanceAsync();
        var redrive = await _desk.CompletedAsync((await _desk.StartAsync("redrives", new { all = true, reason = "Lỗi đã sửa", officer = "CB-17" })).Id());
        var after = await BalanceAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((answer.Number("discarded"), again.Number("discarded")), Is.EqualTo((2L, 0L)));
            Assert.That(listed!.Select(d => (d.Number("sequence"), d.GetProperty("discardedBy").GetString(), d.GetProperty("discardReason").GetString())),
                Is.EqualTo(new[] { (1L, "G18.adapter/CB-17", "Đã xử lý bằng văn bản"), (2L, "G18.adapter/CB-17", "Đã xử lý bằng văn bản") }), "the first decision stands");
            Assert.That(before, Is.EqualTo((2L, 2L, 0L)));
            Assert.That((redrive.Number("total"), redrive.Number("delivered")), Is.EqualTo((2L, 2L)));
            Assert.That(after, Is.EqualTo((0L, 2L, 2L)));
            Assert.That((await _desk.TakeAsync(2)).Select(AgreementDesk.SequenceOf), Is.EqualTo(new[] { 3L, 4L }));
        }
    }

    [Test]
    public async Task Should_be_handed_out_by_name_and_open_again_when_it_dies_again()
    {
        await DiscardAsync(new { all = true, reasons = new[] { "rejected" }, reason = "Không còn cần", officer = "CB-17" });
        Assert.That(await _desk.DeadSequencesAsync(), Is.Empty);

        await _desk.CompletedAsync((await _desk.StartAsync("redrives", new { sequences = new[] { 3 }, reason = "Vẫn cần", officer = "CB-17" })).Id());
        Assert.That(await BalanceAsync(), Is.EqualTo((0L, 3L, 1L)));
        await _desk.RejectRawAsync();

        await Eventually.GetAsync(_desk.DeadSequencesAsync, d => d.SequenceEqual([3L]), "it is open again");
        Assert.That(await BalanceAsync(), Is.EqualTo((1L, 3L, 0L)));
        Assert.That(await _desk.CountAsync("select count(*) from dead_letter_discard where sequence = 3"), Is.EqualTo(1), "that it was discarded once is kept");
    }

    [Test]
    public async Task Should_be_explained_as_discarded_with_the_attempt_that_failed()
    {
        async Task<(string?, string?)> ExplainAsync(long sequence)
        {
            var explained = await _desk.Agency.GetFromJsonAsync<JsonElement>($"subscriptions/{DeliveryDesk.Subscription}/explain/{sequence}");
            return (explained.GetProperty("outcome").GetString(), explained.GetProperty("attempts")[0].GetProperty("result").GetString());
        }

        await DiscardAsync(new { sequences = new[] { 1 }, reason = "Không còn cần", officer = "CB-17" });
        Assert.That((await ExplainAsync(1), await ExplainAsync(2)), Is.EqualTo((("discarded", "rejected"), ("dead", "rejected"))));

        await _desk.SayAsync(0, 4);
        Assert.That(await ExplainAsync(1), Is.EqualTo(("discarded", "rejected")), "a word that goes over it is no receipt for it");
    }

    [Test]
    public async Task Should_need_a_reason_and_dead_letters_that_are_there()
    {
        async Task<string> RefusedAsync(object request) => string.Join(' ', (await DiscardAsync(request, 422)).GetProperty("violations").EnumerateArray().Select(v => v.GetProperty("code").GetString()));

        Assert.That(await RefusedAsync(new { sequences = new[] { 1 } }), Is.EqualTo("job.reason job.officer"));
        Assert.That(await RefusedAsync(new { sequences = new[] { 1, 99 }, reason = "Không còn cần", officer = "CB-17" }), Is.EqualTo("job.sequence"));
        Assert.That(await RefusedAsync(new { reason = "Không còn cần", officer = "CB-17" }), Is.EqualTo("job.selection"));
        Assert.That(await _desk.DeadSequencesAsync(), Has.Length.EqualTo(4), "nothing was changed");
    }

    private async Task<JsonElement> DiscardAsync(object request, int expected = 200)
    {
        using var answer = await _desk.Agency.PostAsJsonAsync($"subscriptions/{DeliveryDesk.Subscription}/dead-letters/discards", request);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.That((int)answer.StatusCode, Is.EqualTo(expected), body.GetRawText());
        return body;
    }

    private async Task<(long Dead, long Discarded, long Delivered)> BalanceAsync()
    {
        var balance = await Eventually.GetAsync(() => _desk.Agency.GetFromJsonAsync<JsonElement>($"subscriptions/{DeliveryDesk.Subscription}/balance"), b => b.Number("pending") == 0, "nothing pending");
        Assert.That(balance.GetProperty("isBalanced").GetBoolean(), Is.True, balance.GetRawText());
        return (balance.Number("dead"), balance.Number("discarded"), balance.Number("delivered"));
    }
}
