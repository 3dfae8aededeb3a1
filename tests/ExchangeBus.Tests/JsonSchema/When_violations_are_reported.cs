using ExchangeBus.JsonSchema;

namespace ExchangeBus.Tests.JsonSchema;

public class When_violations_are_reported
{
    private const string Person = """
        {
          "$id": "https://bus.example/person",
          "type": "object",
          "properties": {
            "citizenId": { "type": "string", "pattern": "^\\d{12}$" },
            "name": { "$ref": "#/$defs/name" },
            "tags": { "items": { "enum": ["a", "b"] } },
            "a/b~c": { "maximum": 5 }
          },
          "required": ["citizenId", "name"],
          "additionalProperties": false,
          "$defs": { "name": { "minLength": 2 } }
        }
        """;

    [TestCase("""{"citizenId":"12","name":"An"}""", "/citizenId", "#/properties/citizenId/pattern", "pattern")]
    [TestCase("""{"citizenId":"012345678901","name":"A"}""", "/name", "#/$defs/name/minLength", "minLength")]
    [TestCase("""{"citizenId":"012345678901"}""", "", "#/required", "required")]
    [TestCase("""{"citizenId":"012345678901","name":"An","tags":["a","c"]}""", "/tags/1", "#/properties/tags/items/enum", "enum")]
    [TestCase("""{"citizenId":"012345678901","name":"An","a/b~c":6}""", "/a~1b~0c", "#/properties/a~1b~0c/maximum", "maximum")]
    [TestCase("""{"citizenId":"012345678901","name":"An","other":[1,{"x":2}]}""", "/other", "#/additionalProperties", "additionalProperties")]
    [TestCase("[]", "", "#/type", "type")]
    public void Should_name_instance_schema_and_keyword(string json, string instance, string schema, string keyword)
    {
        var violation = Schemas.Compile(Person).Validate(json).Single();
        var expected = (instance, "https://bus.example/person" + schema, keyword, "schema." + keyword);
        Assert.That((violation.InstancePointer, violation.SchemaLocation, violation.Keyword, violation.Code), Is.EqualTo(expected));
    }

    [TestCase("""{"title":"Ngày yyyy-MM-dd","pattern":"LONG"}""", "The document does not have the form of 'Ngày yyyy-MM-dd'.")]
    [TestCase("""{"pattern":"LONG"}""", "The document does not match the pattern LONG.")]
    [TestCase("""{"title":"Mã","pattern":"^[0-9]{5}$"}""", "The document does not match the pattern ^[0-9]{5}$.")]
    public void Should_name_the_form_where_nobody_could_read_the_pattern(string schema, string expected)
    {
        var pattern = $"^(?:{string.Join('|', Enumerable.Range(10, 30))})$";

        var violation = Schemas.Compile(schema.Replace("LONG", pattern, StringComparison.Ordinal)).Validate("\"x\"").Single();

        Assert.That(violation.MessageEn, Is.EqualTo(expected.Replace("LONG", pattern, StringComparison.Ordinal)));
    }

    [Test]
    public void Should_report_all_of_them_at_once()
    {
        var violations = Schemas.Compile(Person).Validate("""{"citizenId":5,"tags":["c","d"],"x":1}""");
        Assert.That(violations.Select(violation => violation.Keyword), Is.EquivalentTo(["type", "enum", "enum", "additionalProperties", "required"]));
    }

    [Test]
    public void Should_never_repeat_a_value_of_the_document()
    {
        const string Secret = "Nguyen-Thi-Bi-Mat";
        const string Schema = """
            {"properties":{"a":{"type":"integer"},"b":{"const":1},"c":{"enum":[1]},"d":{"pattern":"^x$"},"e":{"maxLength":1},"f":{"format":"date"},
             "g":{"not":{"type":"string"}},"h":{"anyOf":[{"type":"null"},{"maxLength":2}]},"i":false,"j":{"items":{"maxLength":3}},"k":{"contains":{"const":2}}}}
            """;
        var json = "{" + string.Join(',', "abcdefghijk".Select(name => $"\"{name}\":" + (name is 'j' or 'k' ? $"[\"{Secret}\"]" : $"\"{Secret}\""))) + "}";
        var violations = Schemas.Compile(Schema).Validate(json);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(violations, Has.Count.GreaterThanOrEqualTo(11));
            Assert.That(violations.Select(violation => violation.ToString()), Has.None.Contains(Secret));
        }
    }

    [Test]
    public void Should_say_it_in_both_languages()
    {
        var violation = Schemas.Compile("""{"properties":{"phone":{"minLength":3}}}""").Validate("""{"phone":"1"}""").Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(violation.MessageVi, Is.EqualTo("Trường /phone phải có ít nhất 3 ký tự."));
            Assert.That(violation.MessageEn, Is.EqualTo("/phone must have at least 3 characters."));
        }
    }

    [Test]
    public void Should_drop_the_reasons_of_branches_that_did_not_matter() =>
        Assert.That(Schemas.Compile("""{"anyOf":[{"type":"null"},{"minLength":1}],"maxLength":2}""").Validate("\"abc\"").Single().Keyword, Is.EqualTo("maxLength"));

    [Test]
    public void Should_bound_their_number() =>
        Assert.That(Schemas.Compile("""{"items":false}""", new JsonSchemaOptions { MaxViolations = 7 }).Validate("[1,2,3,4,5,6,7,8,9]"), Has.Count.EqualTo(7));
}
