using System.Text;

namespace ExchangeBus.JsonSchema.Loading;

internal static class SchemaUris
{

    /// <summary>The identifier without its fragment.</summary>
    public static string Key(Uri uri)
    {
        var text = uri.AbsoluteUri;
        var fragment = text.IndexOf('#', StringComparison.Ordinal);
        return fragment < 0 ? text : text[..fragment];
    }

    /// <summary>The identifier a reference has in a resource, or null where the two do not make one.</summary>
    public static Uri? Resolve(Uri baseUri, string reference)
    {
        if (reference.Length == 0) return baseUri;
        if (HasScheme(reference)) return Uri.TryCreate(reference, UriKind.Absolute, out var absolute) ? absolute : null;
        return Uri.TryCreate(baseUri, reference, out var resolved) ? resolved : null;
    }

    public static (string Uri, string Fragment) Split(string reference)
    {
        var mark = reference.IndexOf('#', StringComparison.Ordinal);
        return mark < 0 ? (reference, "") : (reference[..mark], Uri.UnescapeDataString(reference[(mark + 1)..]));
    }

    /// <summary>Escapes what RFC 3986 does not allow in a fragment, and no more, so that "$defs" stays readable.</summary>
    public static string EscapeFragment(string pointer)
    {
        var escaped = new StringBuilder(pointer.Length);
        foreach (var rune in pointer.EnumerateRunes())
        {
            if (rune.IsAscii && (Rune.IsLetterOrDigit(rune) || "-._~!$&'()*+,;=:@/?".Contains((char)rune.Value, StringComparison.Ordinal))) escaped.Append(rune);
            else escaped.Append(Uri.EscapeDataString(rune.ToString()));
        }

        return escaped.ToString();
    }

    /// <summary>A path such as "/a/b" would count as an absolute file on Unix, so the scheme is looked for here.</summary>
    private static bool HasScheme(string reference)
    {
        var colon = reference.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && char.IsAsciiLetter(reference[0])
            && reference[..colon].All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '+' or '-' or '.');
    }
}
