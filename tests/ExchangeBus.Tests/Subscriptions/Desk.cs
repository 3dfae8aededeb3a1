using ExchangeBus.Checks;
using ExchangeBus.Checks.Rules;
using ExchangeBus.Checks.Rules.Plans;
using ExchangeBus.Contracts;
using ExchangeBus.Log;
using ExchangeBus.Release;
using ExchangeBus.Subscriptions;
using ExchangeBus.Subscriptions.Agreements;
using ExchangeBus.Subscriptions.Rules;
using ExchangeBus.Tests.Schemas;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Tests.Subscriptions;

/// <summary>Agreements, subscriptions and events as the rules see them, without a database.</summary>
internal static class Desk
{
    private static readonly ContractFiles Files = new(SchemaFolder.Root);

    public const string Type = "vn.civilstatus.birthregistered.v1";

    public static DateTimeOffset Noon { get; } = new(2026, 11, 29, 12, 0, 0, TimeSpan.FromHours(7));

    public static ReleasableTypes Types { get; } = new(new SchemaFiles(Files));

    public static Jurisdictions Jurisdictions { get; } = new(new SchemaFiles(Files), new RuleBook(Files, Options.Create(new ChecksOptions { SchemasFolder = SchemaFolder.Root })));

    public static AgreementTerms Terms(params string[] fields) => new() { Purpose = "test", Releases = [new ReleaseTerms([Type], fields)] };

    /// <summary>An agreement from its versions: the position from which each holds, its state and its terms.</summary>
    public static AgreementRules Agreement(params (long From, AgreementState State, AgreementTerms Terms)[] versions) => new("G18.agreed",
        [.. versions.Select((v, i) => new AgreementRule(new AgreementVersion("G18.agreed", i + 1, v.From, v.State, v.Terms, [], Noon, "", ""), new Dictionary<string, KnownFields>(), Types, Jurisdictions))]);

    public static SubscriptionRules Subscription(AgreementRules agreement, params (long From, SubscriptionState State, SubscriptionTerms Terms)[] versions) => new(
        new Subscription("G18.births", "G18", Way.Queue, 1, IsOrdered: true),
        [.. versions.Select((v, i) => new SubscriptionRule(new SubscriptionVersion("G18.births", i + 1, v.From, v.State, v.Terms, Noon, "", ""), [agreement]))], Jurisdictions);

    public static SubscriptionRules Subscription(AgreementRules agreement, SubscriptionTerms? terms = null) =>
        Subscription(agreement, (0, SubscriptionState.Active, terms ?? Asks()));

    public static SubscriptionTerms Asks(params string[] types) => new() { Types = types.Length == 0 ? ["vn.civilstatus.*"] : types, Agreements = ["G18.agreed"] };

    /// <summary>An event of the log with the first valid example of its type as its body.</summary>
    public static LoggedEvent Event(long sequence = 10, string type = Type, byte[]? data = null, DateTimeOffset? recordedAt = null, params (string Name, string Value)[] extensions)
    {
        var cloudEvent = extensions.Aggregate(new CloudEvent { Id = $"{sequence}", Source = "urn:exchangebus:agency:G15:civilstatus", Type = type }, (e, x) => e.With(x.Name, x.Value));
        return new LoggedEvent
        {
            Sequence = sequence,
            Lane = 0,
            Type = type,
            Recipient = cloudEvent[ExtensionAttributes.Recipient],
            RecordedAt = recordedAt ?? Noon,
            Envelope = CloudEventJson.WriteEnvelope(cloudEvent),
            Data = data ?? File.ReadAllBytes(SchemaFolder.Examples(SchemaFolder.FolderOf(type), "valid").First()),
        };
    }
}
