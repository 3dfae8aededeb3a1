using System.Buffers;
using System.Text;
using System.Text.Json;
using ExchangeBus.Release;
using ExchangeBus.Release.Cutting;

namespace ExchangeBus.Tests.Release;

public class When_a_body_is_cut
{
    private const string Schema = """
        {
          "type": "object",
          "properties": {
            "number": { "type": "string", "x-classification": "public" },
            "child": {
              "type": "object", "x-classification": "personal",
              "properties": {
                "name": { "type": "string", "x-classification": "personal" },
                "born": { "x-classification": "personal", "oneOf": [{ "type": "string" }, { "properties": { "state": { "type": "string", "x-classification": "personal" } } }] },
                "health": { "type": "string", "x-classification": "sensitive" }
              }
            },
            "parents": {
              "type": "array", "x-classification": "personal",
              "items": { "type": "object", "properties": { "name": { "type": "string", "x-classification": "personal" }, "phone": { "type": "string", "x-classification": "sensitive" } } }
            },
            "tags": { "type": "array", "items": { "type": "string" }, "x-classification": "public" },
            "units": { "type": "object", "additionalProperties": { "type": "object", "properties": { "code": { "type": "string", "x-classification": "public" }, "head": { "type": "string", "x-classification": "personal" } } }, "x-classification": "public" },
            "note": { "x-classification": "personal" }
          }
        }
        """;

    private const string Body = """{"number":"1","child":{"name":"An","born":"2026","health":"x"},"parents":[{"name":"Bình","phone":"09"},{"phone":"08"}],"tags":["a","b"]}""";

    private static readonly ReleasableType Type = Cuts.TypeOf(Schema);

    [Test]
    public void Should_keep_what_is_listed_and_name_what_is_not()
    {
        var (body, withheld) = Type.Compile("/child/name", "/parents/*/name").Of(Body);

        Assert.That(body, Is.EqualTo("""{"child":{"name":"An"},"parents":[{"name":"Bình"},{}]}"""));
        Assert.That(withheld, Is.EqualTo(["/number", "/child/born", "/child/health", "/parents/*/phone", "/tags"]));
    }

    [Test]
    public void Should_tell_withheld_from_absent() =>
        Assert.That(Type.Compile("/child/name").Of("""{"child":{"name":"An"},"tags":[]}""").Withheld, Is.EqualTo(["/tags"]));

    [Test]
    public void Should_name_the_highest_place_below_which_nothing_is_released() =>
        Assert.That(Type.Compile("/number").Of(Body).Withheld, Is.EqualTo(["/child", "/parents", "/tags"]));

    [Test]
    public void Should_copy_bytes_as_they_are()
    {
        var (body, _) = Type.Compile("/number", "/note").Of("""{ "tags" : [] , "n\u0075mber" : "\u0110ặng\/1" , "note" : { "b" : 1.50e1 , "a" : [ ] } }""");

        Assert.That(body, Is.EqualTo("""{"n\u0075mber" : "\u0110ặng\/1","note" : { "b" : 1.50e1 , "a" : [ ] }}"""));
    }

    [Test]
    public void Should_leave_out_an_object_of_which_nothing_is_released()
    {
        var (body, withheld) = Type.Compile("/number", "/child/name").Of("""{"child":{"health":"x"},"number":"1"}""");

        Assert.That(body, Is.EqualTo("""{"number":"1"}"""));
        Assert.That(withheld, Is.EqualTo(["/child/health"]));
    }

    [Test]
    public void Should_keep_every_item_in_its_place()
    {
        var (body, withheld) = Type.Compile("/parents/*/name").Of("""{"parents":[{"phone":"1"},5,{"name":"An","phone":"2"},[],{"other":1}]}""");

        Assert.That(body, Is.EqualTo("""{"parents":[{},null,{"name":"An"},[],{}]}"""));
        Assert.That(withheld, Is.EqualTo(["/parents/*", "/parents/*/phone", "/parents/*/*"]));
    }

    [Test]
    public void Should_find_room_for_what_stands_in_place_of_short_items()
    {
        var ones = string.Join(',', Enumerable.Repeat("1", 2_000));
        var nulls = string.Join(',', Enumerable.Repeat("null", 2_000));

        Assert.That(Type.Compile("/number", "/parents/*/name").Of($$"""{"parents":[{{ones}}],"number":"1"}""").Body, Is.EqualTo($$"""{"parents":[{{nulls}}],"number":"1"}"""));
    }

    [Test]
    public void Should_never_say_a_name_that_no_schema_knows()
    {
        var (body, withheld) = Type.Compile("/child", "/units/*/code").Of("""{"child":{"079301000001":"An"},"units":{"12":{"code":"1","head":"An"}},"079301000002":1}""");

        Assert.That(body, Is.EqualTo("""{"units":{"12":{"code":"1"}}}"""));
        Assert.That(withheld, Is.EqualTo(["/*", "/child/*", "/units/*/head"]));
    }

    [Test]
    public void Should_withhold_a_value_where_only_its_state_is_released()
    {
        var cut = Type.Compile("/child/born/state");

        Assert.That(cut.Of("""{"child":{"born":{"state":"unknown"}}}""").Body, Is.Null);
        var (body, withheld) = cut.Of("""{"child":{"born":"2026"}}""");
        Assert.That(body, Is.EqualTo("{}"));
        Assert.That(withheld, Is.EqualTo(["/child/born"]));
    }

    [TestCase("""{"number":{"hidden":1}}""", "/number")]
    [TestCase("""{"number":[1]}""", "/number")]
    [TestCase("""{"child":"An"}""", "/child")]
    [TestCase("""{"tags":"a"}""", "/tags")]
    public void Should_withhold_what_is_not_of_the_kind_that_was_agreed(string body, string withheld)
    {
        var result = Type.Compile("/number", "/child", "/tags").Of(body);

        Assert.That(result.Body, Is.EqualTo("{}"));
        Assert.That(result.Withheld, Is.EqualTo([withheld]));
    }

    [Test]
    public void Should_withhold_a_field_of_a_later_version_until_it_is_listed()
    {
        const string later = """{"type":"object","properties":{"child":{"type":"object","x-classification":"public","properties":{"name":{"type":"string","x-classification":"public"},"new":{"type":"string","x-classification":"public"}}}}}""";
        var old = later.Replace(""","new":{"type":"string","x-classification":"public"}""", "", StringComparison.Ordinal);
        const string body = """{"child":{"name":"An","new":"x"}}""";

        var (cut, withheld) = Cuts.TypeOf(old).Compile("/child", "public").Of(body);
        Assert.That(cut, Is.EqualTo("""{"child":{"name":"An"}}"""));
        Assert.That(withheld, Is.EqualTo(["/child/*"]));
        Assert.That(Cuts.TypeOf(old, later).Compile("/child/name").Of(body).Withheld, Is.EqualTo(["/child/new"]));
        Assert.That(Cuts.TypeOf(old, later).Compile("/child/name", "/child/new").Of(body).Body, Is.Null);
    }

    [Test]
    public void Should_write_nothing_when_nothing_is_withheld()
    {
        Assert.That(Type.Compile("public", "personal").Of("""{"number":"1","child":{"name":"An"}}""").Body, Is.Null);
        Assert.That(Type.Compile("").Of("""{"nobody":{"knows":1}}""").Body, Is.Null);
        Assert.That(Type.Compile("").IsWhole, Is.True);
    }

    [Test]
    public void Should_release_nothing_when_nothing_is_listed()
    {
        var (body, withheld) = Type.Compile().Of(Body);

        Assert.That(body, Is.EqualTo("{}"));
        Assert.That(withheld, Is.EqualTo(["/number", "/child", "/parents", "/tags"]));
    }

    [Test]
    public void Should_write_the_withheld_fields_into_a_JSON_string()
    {
        var (output, withheld) = (new ArrayBufferWriter<byte>(), new WithheldFields());
        var cut = Cuts.TypeOf("""{"properties":{"a\"b":{"type":"string"},"ă":{"type":"string"}}}""").Compile();
        cut.TryCut("""{"ă":"1","a\"b":"2"}"""u8, new ArrayBufferWriter<byte>(), withheld);
        withheld.WriteTo(output);

        Assert.That(JsonSerializer.Deserialize<string>($"\"{Encoding.UTF8.GetString(output.WrittenSpan)}\""), Is.EqualTo("/a\"b /ă"));
        Assert.That(withheld.Count, Is.EqualTo(2));
    }

    [TestCase("""{"number":"1""")]
    [TestCase("""{"tags":[],"number":"1"} x""")]
    [TestCase("")]
    public void Should_write_nothing_of_what_is_not_JSON(string body)
    {
        var output = new ArrayBufferWriter<byte>();

        Assert.That(() => Type.Compile("/number").TryCut(Encoding.UTF8.GetBytes(body), output, new WithheldFields()), Throws.InstanceOf<JsonException>());
        Assert.That(output.WrittenCount, Is.Zero);
    }

    [Test]
    public void Should_allocate_nothing()
    {
        var (cut, body, withheld) = (Type.Compile("/child/name", "/parents/*/name"), Encoding.UTF8.GetBytes(Body), new WithheldFields());
        var output = new ArrayBufferWriter<byte>(4_096);
        void Cut()
        {
            output.ResetWrittenCount();
            cut.TryCut(body, output, withheld);
            withheld.WriteTo(output);
        }

        for (var i = 0; i < 100; i++) Cut();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) Cut();

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}
