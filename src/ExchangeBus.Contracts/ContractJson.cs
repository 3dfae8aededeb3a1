using System.Text.Json.Serialization;
using ExchangeBus.Contracts.LinkedBirth;

namespace ExchangeBus.Contracts;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LinkedBirthSubmitted))]
[JsonSerializable(typeof(RegisterBirth))]
[JsonSerializable(typeof(BirthRegistered))]
[JsonSerializable(typeof(BirthRegistrationRefused))]
[JsonSerializable(typeof(PermanentResidenceRefused))]
[JsonSerializable(typeof(ChildHealthCardRefused))]
[JsonSerializable(typeof(RegisterPermanentResidence))]
[JsonSerializable(typeof(PermanentResidenceRegistered))]
[JsonSerializable(typeof(IssueChildHealthCard))]
[JsonSerializable(typeof(ChildHealthCardIssued))]
[JsonSerializable(typeof(DossierProgressed))]
[JsonSerializable(typeof(Adult))]
[JsonSerializable(typeof(Place))]
[JsonSerializable(typeof(Marriage))]
[JsonSerializable(typeof(Receipt))]
[JsonSerializable(typeof(IReadOnlyList<Receipt>))]
[JsonSerializable(typeof(Acknowledgement))]
[JsonSerializable(typeof(DeliveryGap))]
[JsonSerializable(typeof(GapAnswer))]
internal sealed partial class ContractJson : JsonSerializerContext;
