namespace ExchangeBus.Procedures.Dossiers;

/// <summary>What stands beside the sentences of a procedure so that people can be told of it and can act in it.</summary>
internal sealed record ProcedureMap
{
    /// <summary>Steps before the pivot and the pivot itself, in their order.</summary>
    public required IReadOnlyList<string> UntilPivot { get; init; }

    /// <summary>Branches that may be left out and begun again.</summary>
    public required IReadOnlyList<string> OptionalBranches { get; init; }

    /// <summary>States in which the dossier is over.</summary>
    public required IReadOnlySet<string> Ends { get; init; }

    /// <summary>States in which a branch that was refused or left out can begin again.</summary>
    public required IReadOnlySet<string> MayBeginAgain { get; init; }

    /// <summary>Outcomes of branches for which the citizen has not stated what the agency needs: nobody can be asked.</summary>
    public IReadOnlySet<string> NeverClaimed { get; init; } = new HashSet<string>();

    /// <summary>By step: types of the events that an agency answers with, which an officer may enter in its place.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Answers { get; init; }

    /// <summary>By step: type of the command that asks for it.</summary>
    public required IReadOnlyDictionary<string, string> Commands { get; init; }

    /// <summary>Step names in the order in which the procedure takes them; the branches, and the supplement that may come at any time, by name at the end.</summary>
    internal IReadOnlyList<string> InOrder(IEnumerable<string> steps) => [.. steps.OrderBy(PlaceOf).ThenBy(s => s, StringComparer.Ordinal)];

    private int PlaceOf(string step)
    {
        for (var i = 0; i < UntilPivot.Count; i++)
        {
            if (UntilPivot[i] == step)
                return i;
        }

        return UntilPivot.Count;
    }
}
