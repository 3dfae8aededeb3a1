using System.Text;
using System.Text.Json.Nodes;
using ExchangeBus.Intake.Dialects;
using ExchangeBus.Intake.Dialects.Qcvn109;

namespace ExchangeBus.Tests.Intake.Dialects.Qcvn109;

internal sealed class When_a_QCVN_109_message_is_sound
{
    [Test]
    public void Should_read_the_sample_of_the_regulation()
    {
        var citizen = Single(Qcvn109Reader.Read(SampleOfTheRegulation.Bytes()));

        Assert.That((string?)citizen["personalId"], Is.EqualTo("123456789123"));
        Assert.That(citizen["name"]!.ToJsonString(), Is.EqualTo(new JsonObject { ["family"] = "Nguyễn", ["middle"] = "Văn", ["given"] = "A" }.ToJsonString()));
        Assert.That((string?)citizen["gender"], Is.EqualTo("male"));
        Assert.That((string?)citizen["ethnicity"]!["code"], Is.EqualTo("02"));
        Assert.That((string?)citizen["ethnicity"]!["name"], Is.EqualTo("Thù Lao"));
        Assert.That((string?)citizen["religion"], Is.EqualTo("99"));
        Assert.That((string?)citizen["bloodType"], Is.EqualTo("00"));
        Assert.That((string?)citizen["birthDate"], Is.EqualTo("1950-01-01"));
        Assert.That((string?)citizen["nativePlace"]!["unit"], Is.EqualTo("002"));
        Assert.That((string?)citizen["mother"]!["oldIdCard"], Is.EqualTo("123456789"));
        Assert.That((string?)citizen["spouse"]!["name"]!["given"], Is.EqualTo("D"));
        Assert.That((string?)citizen["householdHead"]!["relation"], Is.EqualTo("01"));
        Assert.That((string?)citizen["dataAsOf"], Is.EqualTo("2016-01-01T00:00:00+07:00"));
        Assert.That(citizen, Has.Count.EqualTo(18));
    }

    [Test]
    public void Should_carry_nothing_that_the_message_does_not_say()
    {
        var citizen = Single(Qcvn109Message.Read(Qcvn109Message.With(
            "<dc:CongDan><dc:SoCMND>181234567</dc:SoCMND><dc:HoVaTen><dc:Ho/><dc:ChuDem> </dc:ChuDem><dc:Ten>PHAN THÍ DỤ</dc:Ten></dc:HoVaTen>" +
            "<dc:NgayThangNamSinh><dc:Nam>1990</dc:Nam></dc:NgayThangNamSinh><dc:QueQuan/><dc:Cha><dc:SoDinhDanh/><dc:HoVaTen><dc:Ten/></dc:HoVaTen></dc:Cha></dc:CongDan>",
            "SoCongDan='1'")));

        Assert.That(JsonNode.DeepEquals(citizen, new JsonObject
        {
            ["oldIdCard"] = "181234567",
            ["name"] = new JsonObject { ["given"] = "PHAN THÍ DỤ" },
            ["birthDate"] = "1990",
        }), Is.True, citizen.ToJsonString());
    }

    [Test]
    public void Should_answer_one_body_for_each_citizen_in_order()
    {
        var second = Qcvn109Message.Citizen.Replace("040090001234", "040090009999", StringComparison.Ordinal);

        var reading = Qcvn109Message.Read(Qcvn109Message.With(Qcvn109Message.Citizen + second, "SoCongDan='2' GhiChu='Đợt 1'"));

        Assert.That(reading.Violations, Is.Empty);
        Assert.That(reading.Note, Is.EqualTo("Đợt 1"));
        Assert.That(reading.Citizens.Select(body => (string?)JsonNode.Parse(body.Span)!["personalId"]), Is.EqualTo(["040090001234", "040090009999"]));
    }

    [Test]
    public void Should_take_a_message_without_citizens() =>
        Assert.That(Qcvn109Message.Read(Qcvn109Message.With("", "SoCongDan='0'")), Has.Property("Citizens").Empty.And.Property("IsTaken").True);

    [Test]
    public void Should_compose_tone_marks_and_resolve_escapes()
    {
        var citizen = Single(Qcvn109Message.Read(Qcvn109Message.Replacing("Thí Dụ", "Thi\u0301\n  Du\u0323 &amp; &#x41;<![CDATA[<B>]]>")));

        Assert.That((string?)citizen["name"]!["given"], Is.EqualTo("Th\u00ED D\u1EE5 & A<B>"));
    }

    [Test]
    public void Should_read_a_byte_order_mark()
    {
        byte[] message = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Qcvn109Message.With(Qcvn109Message.Citizen))];

        var reading = Qcvn109Reader.Read(message);

        Assert.That((string?)Single(reading)["permanentResidence"]!["unit"], Is.EqualTo("17329"));
    }

    private static JsonObject Single(CitizenReading reading)
    {
        Assert.That(reading.Violations, Is.Empty);
        Assert.That(reading.Citizens, Has.Count.EqualTo(1));
        return JsonNode.Parse(reading.Citizens[0].Span)!.AsObject();
    }
}
