using System.Text.Json.Nodes;
using CsCheck;

namespace ExchangeBus.Tests.Intake.Dialects;

/// <summary>Invented bodies of population/citizenupdated with any of their fields absent, as a dialect can say them.</summary>
internal sealed record RandomCitizens(Gen<JsonObject?> Name, Gen<JsonObject?> RelativeName, Gen<JsonObject?> Address, Gen<JsonObject?> Ethnicity)
{
    private const string Letters = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵAĐÊÔƠƯẤỘỮ'-.,&<>\"/𠮷";

    private static readonly Gen<string> Word =
        Gen.OneOf(Gen.Char[Letters.Replace("𠮷", "", StringComparison.Ordinal)].Array[1, 8].Select(letters => new string(letters)), Gen.Const("𠮷"));

    /// <summary>Words with one space between them.</summary>
    public static Gen<string> Text { get; } = Word.Array[1, 4].Select(words => string.Join(' ', words));

    public static Gen<string> Unit { get; } = Gen.OneOf(Digits(2), Digits(3), Digits(5));

    private static readonly Gen<string> Day = Gen.Int[0, 146_096].Select(days => new DateOnly(1800, 1, 1).AddDays(days).ToString("yyyy-MM-dd", null));

    private static readonly Gen<string> BirthDate = Gen.OneOf(Day, Gen.Int[1800, 2199].Select(year => $"{year}"));

    public Gen<JsonObject> Citizen => Object(
        ("personalId", Maybe(Digits(12))), ("oldIdCard", Digits(9).Select(Value)), ("name", Of(Name)), ("gender", Maybe(OneOf("male", "female", "unknown"))),
        ("ethnicity", Of(Ethnicity)), ("religion", Maybe(Digits(2))), ("maritalStatus", Maybe(OneOf("0", "1", "2", "3"))),
        ("bloodType", Maybe(OneOf("00", "01", "02", "03", "04"))), ("birthDate", Maybe(BirthDate)), ("birthRegistrationPlace", Of(Address)),
        ("nativePlace", Of(Address)), ("permanentResidence", Of(Address)), ("currentResidence", Of(Address)), ("father", Of(Relative([]))), ("mother", Of(Relative([]))),
        ("spouse", Of(Relative([]))), ("householdHead", Of(Relative([("relation", Maybe(OneOf("01", "CH01", "1.2")))]))),
        ("householdBookNumber", Maybe(Text)), ("nationality", Maybe(OneOf("VN", "LA", "FR"))));

    private Gen<JsonObject?> Relative((string, Gen<JsonNode?>)[] more) => Optional(Object(
        [("personalId", Maybe(Digits(12))), ("oldIdCard", Maybe(Digits(9))), ("nationality", Maybe(OneOf("VN", "US"))), ("name", Of(RelativeName)), .. more]));

    public static Gen<string> Digits(int count) => Gen.Char['0', '9'].Array[count].Select(digits => new string(digits));

    public static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    public static Gen<JsonNode?> Maybe(Gen<string> text) => Gen.OneOf(text.Select(Value), Gen.Const((JsonNode?)null));

    public static Gen<JsonObject?> Optional(Gen<JsonObject> value) => Gen.OneOf(value.Select(v => (JsonObject?)v), Gen.Const((JsonObject?)null));

    public static Gen<JsonNode?> Of(Gen<JsonObject?> value) => value.Select(v => (JsonNode?)v);

    public static JsonNode? Value(string text) => JsonValue.Create(text);

    /// <summary>Fields without a value are absent.</summary>
    public static Gen<JsonObject> Object(params (string Name, Gen<JsonNode?> Value)[] fields) =>
        fields.Aggregate(Gen.Const(0).Select(_ => new JsonObject()), (whole, field) => whole.Select(field.Value, (body, value) =>
        {
            var with = body.DeepClone().AsObject();
            if (value is not null)
                with[field.Name] = value.DeepClone();
            return with;
        }));
}
