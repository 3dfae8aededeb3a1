namespace ExchangeBus.Procedures.Clock;

/// <summary>Numbers of the linked procedures at birth or at death.</summary>
internal sealed record LinkedProfile
{
    /// <summary>Where codes and branches come from.</summary>
    public required string Source { get; init; }

    /// <summary>The procedures that a citizen may ask for, those with the fewest branches first.</summary>
    public required IReadOnlyList<LinkedProcedure> Procedures { get; init; }

    /// <summary>Branches that run whether they are chosen or not, such as the lock of a dead person's health card.</summary>
    public IReadOnlyList<string> AlwaysBranches { get => field ?? []; init; }

    public IReadOnlyList<Form> Forms { get => field ?? []; init; }

    /// <summary>Limit of each step by its name; see <see cref="StepNames"/>.</summary>
    public required Dictionary<string, Limit> Limits { get; init; }

    /// <summary>What is added to the whole in a case that the law names: <c>supplement</c>, <c>remote</c> (50 km away or more).</summary>
    public Dictionary<string, Limit> Additions { get => field ?? []; init; }

    /// <summary>Who pays the funeral allowance. Null where the procedure has none.</summary>
    public FuneralPayers? FuneralPayers { get; init; }

    /// <summary>Whether the branch exists under this profile, chosen or always.</summary>
    internal bool Has(string branch) => AlwaysBranches.Contains(branch) || Procedures[^1].Branches.Contains(branch);

    /// <exception cref="InvalidOperationException">The profile knows no such step.</exception>
    internal Limit LimitOf(string step) => Limits.TryGetValue(step, out var limit) ? limit
        : throw new InvalidOperationException($"The legal profile has no limit for the step {step}.");

    /// <summary>The limit of a branch for a registration outside any dossier: its own where the profile has one, else the branch's; null when the profile does not know the branch.</summary>
    internal Limit? LimitOutside(string branch) => Limits.GetValueOrDefault(branch + "Outside") ?? Limits.GetValueOrDefault(branch);

    /// <summary>The smallest procedure that holds all branches that were chosen, else the largest one.</summary>
    internal LinkedProcedure ProcedureFor(IReadOnlyList<string> chosen)
    {
        foreach (var procedure in Procedures)
        {
            if (procedure.HoldsAll(chosen))
                return procedure;
        }

        return Procedures[^1];
    }

    internal IEnumerable<(string Name, Sourced Number)> Numbers(string name) =>
    [
        .. Procedures.Select(p => ($"{name}/{p.Code}/whole", (Sourced)p.Whole)),
        .. Procedures.Where(p => p.WholeVerified is not null).Select(p => ($"{name}/{p.Code}/wholeVerified", (Sourced)p.WholeVerified!)),
        .. Forms.Select(f => ($"{name}/forms/{f.Use}", (Sourced)f)),
        .. Limits.Select(l => ($"{name}/{l.Key}", (Sourced)l.Value)),
        .. FuneralPayers is null ? [] : new[] { ($"{name}/funeralPayers", (Sourced)FuneralPayers) },
        .. Additions.Select(l => ($"{name}/additions/{l.Key}", (Sourced)l.Value)),
    ];
}

/// <summary>One entry of the national database of procedures.</summary>
internal sealed record LinkedProcedure
{
    public required string Code { get; init; }

    /// <summary>Branches that the citizen may choose.</summary>
    public required IReadOnlyList<string> Branches { get; init; }

    /// <summary>Limit from receipt to the last result.</summary>
    public required Limit Whole { get; init; }

    /// <summary>The same when the residence has to be verified. Default: <see cref="Whole"/>.</summary>
    public Limit? WholeVerified { get; init; }

    internal Limit WholeLimit(bool verified) => verified ? WholeVerified ?? Whole : Whole;

    internal bool HoldsAll(IReadOnlyList<string> chosen)
    {
        for (var i = 0; i < chosen.Count; i++)
        {
            if (!Branches.Contains(chosen[i]))
                return false;
        }

        return true;
    }
}

/// <summary>Names of the steps in the legal profiles, which are also names of the branches.</summary>
internal static class StepNames
{
    internal const string
        Intake = "intake", Supplement = "supplement", HouseholdConsent = "householdConsent", Verification = "verification", Registration = "registration",
        PermanentResidence = "permanentResidence", PermanentResidenceVerified = "permanentResidenceVerified", HealthCard = "healthCard", IdentityCard = "identityCard",
        ResidenceDeletion = "residenceDeletion", HealthCardLock = "healthCardLock", FuneralAllowance = "funeralAllowance", SurvivorBenefit = "survivorBenefit",
        ResidenceRestoration = "residenceRestoration", HealthCardUnlock = "healthCardUnlock", AllowanceStop = "allowanceStop",
        FuneralInsuranceStop = "funeralInsuranceStop", FuneralProtectionStop = "funeralProtectionStop", SurvivorBenefitStop = "survivorBenefitStop";

    /// <summary>The limit of what undoes a branch after a revoked death; null for a branch that nothing undoes.</summary>
    internal static string? UndoingOf(string branch) => branch switch
    {
        ResidenceDeletion => ResidenceRestoration,
        HealthCardLock => HealthCardUnlock,
        FuneralAllowance or SurvivorBenefit => AllowanceStop,
        _ => null,
    };
}
