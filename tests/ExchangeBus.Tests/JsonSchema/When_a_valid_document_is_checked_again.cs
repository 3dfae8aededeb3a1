using System.Text;

namespace ExchangeBus.Tests.JsonSchema;

public class When_a_valid_document_is_checked_again
{
    private const string Schema = """
        {
          "type": "object",
          "properties": {
            "id": { "type": "string", "format": "uuid" },
            "at": { "type": "string", "format": "date-time" },
            "person": { "$ref": "#/$defs/person" },
            "fee": { "type": "number", "minimum": 0, "multipleOf": 0.5 },
            "tags": { "type": "array", "items": { "enum": ["a", "b", "c"] }, "uniqueItems": true, "contains": { "const": "a" } },
            "contact": { "oneOf": [{ "type": "null" }, { "type": "string", "format": "email" }] }
          },
          "patternProperties": { "^x-": { "pattern": "^(?=\\S)\\p{L}+$" } },
          "required": ["id", "person"],
          "unevaluatedProperties": false,
          "$defs": {
            "person": {
              "type": "object",
              "properties": { "citizenId": { "pattern": "^\\d{12}$" }, "name": { "minLength": 1, "maxLength": 100 } },
              "required": ["citizenId"],
              "additionalProperties": false
            }
          }
        }
        """;

    private static readonly byte[] Document = Encoding.UTF8.GetBytes(
        """
        { "id": "7f1c2a34-5b6d-4e8f-9a0b-1c2d3e4f5a6b", "at": "2026-11-20T08:15:30+07:00", "fee": 15000.5, "tags": ["b", "a"],
          "person": { "citizenId": "001326000123", "name": "Nguy\u1ec5n Thị Minh Khuê" }, "contact": "an@example.vn", "x-note": "đúng" }
        """);

    [Test]
    public void Should_allocate_nothing()
    {
        var schema = Schemas.Compile(Schema);
        for (var warm = 0; warm < 200; warm++) Assert.That(schema.IsValid(Document), Is.True);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var holds = true;
        for (var run = 0; run < 1_000; run++) holds &= schema.IsValid(Document) && schema.Validate(Document).Count == 0;
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That((holds, allocated), Is.EqualTo((true, 0L)));
    }

    [Test]
    public void Should_serve_many_threads_at_once()
    {
        var schema = Schemas.Compile(Schema);
        var wrong = Encoding.UTF8.GetBytes("""{"id":"7f1c2a34-5b6d-4e8f-9a0b-1c2d3e4f5a6b","person":{"citizenId":"1"}}""");
        var answers = ParallelEnumerable.Range(0, 20_000).Count(n => schema.IsValid(n % 2 == 0 ? Document : wrong) == (n % 2 == 0));
        Assert.That(answers, Is.EqualTo(20_000));
    }
}
