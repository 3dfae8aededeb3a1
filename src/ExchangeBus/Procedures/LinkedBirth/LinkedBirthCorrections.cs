using System.Globalization;
using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Procedures.Dossiers;
using MassTransit;

namespace ExchangeBus.Procedures.LinkedBirth;

/// <summary>What a correction or an annulment of the registration does to its dossier.</summary>
internal sealed partial class LinkedBirthSteps
{
    private const int LongestName = 100;

    /// <summary>Books of births and of deaths count their numbers apart: of another kind it is no record of this procedure, and its key is that of none.</summary>
    internal static string BirthKeyOf(RegistrationReference registration) => registration.Kind == "birth" ? RegistrationKeys.Of(registration) : "";

    /// <summary>Whoever is asked from now on is asked with what stands in the book.</summary>
    internal static void TakeCorrection(BehaviorContext<LinkedBirthState, CivilStatusCorrected> context)
    {
        var (dossier, corrected) = (context.Saga, context.Message);
        dossier.Registered = Corrected(dossier.Registered!, corrected);
        dossier.PersonalId = corrected.PersonalId.Value ?? dossier.PersonalId;
    }

    internal void RaiseCorrected(BehaviorContext<LinkedBirthState> context) => Work.Raise(context.Saga, "registration.corrected", step: null);

    internal void RaiseAnnulled(BehaviorContext<LinkedBirthState> context) => Work.Raise(context.Saga, "registration.annulled", step: null);

    // Name and birth date, which every command carries. All else is left to the officer, who is told in any case: what stands in a correction is free text.
    private static BirthRegistered Corrected(BirthRegistered registered, CivilStatusCorrected corrected)
    {
        var child = corrected.Fields.Aggregate(registered.Child, (child, field) => field.After.Value is { Length: > 0 and <= LongestName } value ? Corrected(child, field.Field, value) : child);
        return registered with { Child = corrected.Name?.Value is { } whole ? child with { Name = whole } : child };
    }

    private static Child Corrected(Child child, string field, string value) => field switch
    {
        "/child/name/family" => child with { Name = child.Name with { Family = value } },
        "/child/name/middle" => child with { Name = child.Name with { Middle = value } },
        "/child/name/given" => child with { Name = child.Name with { Given = value } },
        "/child/birthDate" when DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => child with { BirthDate = day },
        _ => child,
    };
}
