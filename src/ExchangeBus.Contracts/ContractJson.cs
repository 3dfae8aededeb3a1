using System.Text.Json.Serialization;
using ExchangeBus.Contracts.LinkedBirth;

namespace ExchangeBus.Contracts;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LinkedBirthSubmitted))]
[JsonSerializable(typeof(RegisterBirth))]
[JsonSerializable(typeof(BirthRegistered))]
[JsonSerializable(typeof(Refused))]
[JsonSerializable(typeof(RegisterPermanentResidence))]
[JsonSerializable(typeof(PermanentResidenceRegistered))]
[JsonSerializable(typeof(IssueChildHealthCard))]
[JsonSerializable(typeof(ChildHealthCardIssued))]
[JsonSerializable(typeof(DossierProgressed))]
internal sealed partial class ContractJson : JsonSerializerContext;
