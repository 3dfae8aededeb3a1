using System.Collections.Concurrent;
using ExchangeBus.Client;
using ExchangeBus.Client.Authentication;
using ExchangeBus.Signatures;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Testing;

/// <summary>An agency as the bus is configured with it, with one system and its subscriptions.</summary>
public sealed record TestAgency(string Code, string System, string[] Publishes, params (string Name, string[] Types)[] Subscriptions)
{
    // One for each system of this process, however often the record is made.
    private static readonly ConcurrentDictionary<string, SigningKey> PrivateKeys = new();

    /// <summary>Password of the broker user; long enough, and used nowhere but on loopback.</summary>
    public string BrokerPassword => $"test-password-of-{Code}.{System}-not-a-secret";

    /// <summary>The key with which the system proves itself, made for this run.</summary>
    public SigningKey PrivateKey => PrivateKeys.GetOrAdd(Source, _ => SigningKey.Create());

    /// <summary>Types that the system must sign.</summary>
    public string[] RequireSignature { get; init; } = [];

    /// <summary>True when people behind it judge events of others.</summary>
    public bool Reviews { get; init; }

    /// <summary>Officers who act on dossiers through its system: code and roles.</summary>
    public (string Code, string[] Roles)[] Officers { get; init; } = [];

    /// <summary>What its subscriptions receive of a body; all of it unless a test says otherwise.</summary>
    public string[] Fields { get; init; } = ["all"];

    /// <summary>Types whose release it decides on.</summary>
    public string[] Owns { get; init; } = [];

    public string Source => $"urn:exchangebus:agency:{Code}:{System}";

    public string BrokerUser => $"{Code}.{System}";

    /// <summary>A client that speaks for the agency.</summary>
    public HttpClient ClientOf(Uri bus) => new(AuthenticationAt(bus)) { BaseAddress = bus };

    /// <summary>What proves to a bus that the agency speaks.</summary>
    public BusAuthentication AuthenticationAt(Uri bus) => new(Options.Create(new ClientOptions
    {
        Agency = Code,
        System = System,
        PrivateKey = PrivateKey.ToPrivateJwk(),
        BusAddress = bus,
    }), TimeProvider.System)
    { InnerHandler = new SocketsHttpHandler() };

    /// <summary>The agency as entries of configuration section <c>Bus</c>.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Configuration(int index)
    {
        var at = $"Bus:Agencies:{index}";
        yield return new($"{at}:Code", Code);
        yield return new($"{at}:Name", $"Test agency {Code}");
        yield return new($"{at}:Systems:0:System", System);
        yield return new($"{at}:Systems:0:BrokerPassword", BrokerPassword);
        yield return new($"{at}:Systems:0:Keys:0:PublicKey", PrivateKey.PublicKey.ToJwk());
        if (Reviews)
            yield return new($"{at}:Systems:0:Reviews", "true");
        if (Officers.Length > 0)
            yield return new($"{at}:Systems:0:Desk", "true");
        for (var i = 0; i < Officers.Length; i++)
        {
            yield return new($"{at}:Officers:{i}:Code", Officers[i].Code);
            for (var r = 0; r < Officers[i].Roles.Length; r++)
                yield return new($"{at}:Officers:{i}:Roles:{r}", Officers[i].Roles[r]);
        }

        for (var i = 0; i < RequireSignature.Length; i++)
            yield return new($"{at}:Systems:0:RequireSignature:{i}", RequireSignature[i]);
        for (var i = 0; i < Publishes.Length; i++)
            yield return new($"{at}:Systems:0:Publishes:{i}", Publishes[i]);
        for (var i = 0; i < Owns.Length; i++)
            yield return new($"{at}:Owns:{i}", Owns[i]);
        for (var i = 0; i < Subscriptions.Length; i++)
        {
            for (var f = 0; f < Fields.Length; f++)
                yield return new($"{at}:Subscriptions:{i}:Fields:{f}", Fields[f]);
            yield return new($"{at}:Subscriptions:{i}:Name", Subscriptions[i].Name);
            for (var t = 0; t < Subscriptions[i].Types.Length; t++)
                yield return new($"{at}:Subscriptions:{i}:Types:{t}", Subscriptions[i].Types[t]);
        }
    }
}
