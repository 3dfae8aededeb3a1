using System.Text.Json;
using ExchangeBus.Intake.Dialects.Xml;

namespace ExchangeBus.Intake.Dialects.LinkedPortal;

/// <summary>The fields of one JSON object of the portal, read by name; what is wrong is located by JSON pointer. Null and an empty text are absent.</summary>
internal sealed class PortalFields
{
    private const int MaxShownName = 64;
    private const string Unreadable = "?";

    private readonly JsonElement _object;
    private readonly string _pointer;
    private readonly Findings _findings;

    internal PortalFields(JsonElement element, string pointer, string[] known, Findings findings)
    {
        (_object, _pointer, _findings) = (element, pointer, findings);
        if (element.ValueKind != JsonValueKind.Object)
        {
            findings.Add(Rejections.Value(pointer, "một đối tượng", "an object"));
            return;
        }

        var seen = new HashSet<string>();
        foreach (var name in element.EnumerateObject().Select(NameOf).TakeWhile(_ => !findings.IsFull))
        {
            if (!known.Contains(name))
                findings.Add(Rejections.UnknownField($"{pointer}/{Escaped(name)}", Shown(name)));
            else if (!seen.Add(name))
                findings.Add(Rejections.RepeatedField($"{pointer}/{name}"));

            // Looking for any field compares it with this name, which cannot be read as text.
            if (name == Unreadable)
                _object = default;
        }
    }

    private static LinkedPortalRejections Rejections => LinkedPortalRejections.Instance;

    internal string? Required(string name, LeafValue value)
    {
        if (Text(name) is { } text)
            return Read(name, text, value);
        if (!IsPresent(name))
            _findings.Add(Rejections.Missing(_pointer, name));
        return null;
    }

    internal string? Optional(string name, LeafValue value) => Text(name) is { } text ? Read(name, text, value) : null;

    /// <summary>true, 1 or "1"; absent is false.</summary>
    internal bool Flag(string name)
    {
        if (!IsPresent(name))
            return false;
        var flag = _object.GetProperty(name);
        if (flag.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return flag.GetBoolean();
        var text = flag.ValueKind == JsonValueKind.Number ? flag.GetRawText() : Text(name);
        return text is not null && Read(name, text, PortalValues.Flag) == "1";
    }

    internal byte[]? Base64(string name)
    {
        if (!IsPresent(name))
        {
            _findings.Add(Rejections.Missing(_pointer, name));
            return null;
        }

        var value = _object.GetProperty(name);
        if (value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out var bytes))
            return bytes;
        _findings.Add(Rejections.Base64($"{_pointer}/{name}"));
        return null;
    }

    /// <summary>The text as it is; null with a violation when there is something else.</summary>
    internal string? Text(string name)
    {
        if (!IsPresent(name))
            return null;
        var value = _object.GetProperty(name);
        if (value.ValueKind == JsonValueKind.String && StringOf(value) is { } text)
            return text;
        _findings.Add(Rejections.Value($"{_pointer}/{name}", "văn bản", "text"));
        return null;
    }

    internal JsonElement? Element(string name) => IsPresent(name) ? _object.GetProperty(name) : null;

    internal bool IsPresent(string name) =>
        _object.ValueKind == JsonValueKind.Object && _object.TryGetProperty(name, out var value) &&
        value.ValueKind != JsonValueKind.Null && !(value.ValueKind == JsonValueKind.String && value.ValueEquals(""u8));

    private string? Read(string name, string text, LeafValue value)
    {
        if (value.Read(LeafValue.Normalize(text)) is { } canonical)
            return canonical;
        _findings.Add(Rejections.Value($"{_pointer}/{name}", value.ExpectedVi, value.ExpectedEn));
        return null;
    }

    // A lone surrogate is well-formed JSON and no text.
    private static string? StringOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return Unreadable;
        }
    }

    private static string Shown(string name) => name.Length <= MaxShownName ? name : string.Concat(name.AsSpan(0, MaxShownName), "…");

    private static string Escaped(string name) => Shown(name).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
