using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Delivery.Webhooks.Signing;

/// <summary>
/// The keys under which signing keys of webhooks lie in the database (AES-256-GCM). Configuration section <c>Delivery:Webhooks:Sealing</c>, the same on every node. A class:
/// a record would print the keys.
/// </summary>
internal sealed class SealingOptions
{
    internal const string Section = "Delivery:Webhooks:Sealing";

    /// <summary>Name of the one of <see cref="Keys"/> that encrypts from now on. Without one, the default, no signing key can be stored and so no webhook be set.</summary>
    public string? Current { get; set; }

    /// <summary>
    /// Keys by name, 1 to 32 letters, digits and hyphens; each the base64 of 32 random bytes, a secret. One that is no longer current stays until every node has started with
    /// its successor.
    /// </summary>
    public IDictionary<string, string> Keys { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}

/// <summary>Everything that is wrong at once; no key is repeated.</summary>
internal sealed partial class SealingOptionsValidation : IValidateOptions<SealingOptions>
{
    internal const int KeyBytes = 32;

    public ValidateOptionsResult Validate(string? name, SealingOptions options)
    {
        var wrong = options.Keys.Where(k => !Name().IsMatch(k.Key)).Select(k => $"{SealingOptions.Section}:Keys: a name must be 1 to 32 letters, digits and hyphens.")
            .Concat(options.Keys.Where(k => !IsKey(k.Value)).Select(k => $"{SealingOptions.Section}:Keys:{k.Key} must be the base64 of {KeyBytes} bytes."));
        if (string.IsNullOrEmpty(options.Current) ? options.Keys.Count > 0 : !options.Keys.ContainsKey(options.Current))
            wrong = wrong.Append($"{SealingOptions.Section}:Current must name one of the keys.");
        return wrong.ToArray() is { Length: > 0 } all ? ValidateOptionsResult.Fail(all) : ValidateOptionsResult.Success;
    }

    private static bool IsKey(string? text) => text is not null && Convert.TryFromBase64String(text, new byte[text.Length], out var length) && length == KeyBytes;

    [GeneratedRegex("^[A-Za-z0-9-]{1,32}$")]
    private static partial Regex Name();
}
