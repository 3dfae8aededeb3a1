using System.Net;
using ExchangeBus.Contracts;
using ExchangeBus.Delivery.Webhooks.Addresses;
using ExchangeBus.Delivery.Webhooks.Signing;

namespace ExchangeBus.Delivery.Webhooks;

/// <summary>One key as somebody gives it: <c>whsec_…</c> or <c>whsk_…</c>, and its time. A class: a record would print the key.</summary>
internal sealed class WebhookKeySetting
{
    /// <summary>The key. Required; a secret.</summary>
    internal required string Key { get; init; }

    /// <summary>From when on it signs. Null, the default: at once.</summary>
    internal DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Until when. Null, the default: without end.</summary>
    internal DateTimeOffset? ValidUntil { get; init; }
}

/// <summary>A webhook as somebody asks for it, not yet checked. Null stands for the defaults of <see cref="WebhookEndpoint"/>.</summary>
internal sealed class WebhookSettings
{
    private const int LongestAddress = 2048;

    /// <summary>The address, https.</summary>
    internal required string Address { get; init; }

    /// <summary>One to eight keys.</summary>
    internal required IReadOnlyList<WebhookKeySetting> Keys { get; init; }

    /// <summary>Attempts at once, 1 to 64.</summary>
    internal int? Concurrency { get; init; }

    /// <summary>For an attempt, 1 s to 60 s.</summary>
    internal TimeSpan? TimeLimit { get; init; }

    /// <summary>Requests a minute, 1 to 10,000,000.</summary>
    internal int? RequestsPerMinute { get; init; }

    /// <summary>For how long a delivery is tried again, 1 min to 30 days.</summary>
    internal TimeSpan? RetryFor { get; init; }

    /// <summary>The endpoint, or everything that is wrong at once. A name is not resolved here: what it leads to is checked at every connection.</summary>
    internal WebhookEndpoint? Read(string name, WebhooksOptions options, out IReadOnlyList<Violation> violations)
    {
        var found = new List<Violation>();
        var address = ReadAddress(options, found);
        var secrets = ReadKeys(found);
        if (Concurrency is < 1 or > WebhookEndpoint.MostConcurrency)
            found.Add(WebhookRejections.Concurrency());
        if (TimeLimit is { } limit && (limit < WebhookEndpoint.ShortestTimeLimit || limit > WebhookEndpoint.LongestTimeLimit))
            found.Add(WebhookRejections.TimeLimit());
        if (RequestsPerMinute is < 1 or > WebhookEndpoint.MostRate)
            found.Add(WebhookRejections.Rate());
        if (RetryFor is { } duration && (duration < RetrySchedule.ShortestDuration || duration > RetrySchedule.LongestDuration))
            found.Add(WebhookRejections.RetryFor());
        violations = found;
        if (found.Count > 0 || address is null)
            return null;
        var endpoint = new WebhookEndpoint { Name = name, Address = address, Secrets = secrets, RequestsPerMinute = RequestsPerMinute };
        return endpoint with
        {
            Concurrency = Concurrency ?? endpoint.Concurrency,
            TimeLimit = TimeLimit ?? endpoint.TimeLimit,
            RetryFor = RetryFor ?? endpoint.RetryFor,
        };
    }

    private Uri? ReadAddress(WebhooksOptions options, List<Violation> found)
    {
        if (Address.Length > LongestAddress || !Uri.TryCreate(Address, UriKind.Absolute, out var address)
            || address.UserInfo.Length > 0 || address.Fragment.Length > 0 || address.IdnHost.Length == 0
            || (address.Scheme != Uri.UriSchemeHttps && !(options.AllowLoopback && address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
        {
            found.Add(WebhookRejections.Address());
            return null;
        }

        var rules = new AddressRules(options.AllowLoopback, options.AllowedNetworks.Select(n => IPNetwork.Parse(n)));
        if ((IPAddress.TryParse(address.IdnHost, out var literal) && !rules.Allows(literal)) || (address.IsLoopback && !options.AllowLoopback))
            found.Add(WebhookRejections.PrivateAddress());
        return address;
    }

    private List<WebhookSecret> ReadKeys(List<Violation> found)
    {
        if (Keys.Count is < 1 or > WebhookEndpoint.MostKeys)
            found.Add(WebhookRejections.KeyCount());
        var secrets = new List<WebhookSecret>();
        for (var i = 0; i < Math.Min(Keys.Count, WebhookEndpoint.MostKeys); i++)
        {
            var key = Keys[i];
            if (key.ValidFrom >= key.ValidUntil)
                found.Add(WebhookRejections.KeyTime(i));
            if (WebhookSecret.TryRead(key.Key, key.ValidFrom, key.ValidUntil, out var secret))
                secrets.Add(secret);
            else
                found.Add(WebhookRejections.Key(i));
        }

        return secrets;
    }
}
