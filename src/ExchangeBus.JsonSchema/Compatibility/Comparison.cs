using System.Runtime.CompilerServices;
using ExchangeBus.JsonSchema.Patterns;

namespace ExchangeBus.JsonSchema.Compatibility;

/// <summary>What one direction of a comparison shares: how far it may still go, and the patterns met.</summary>
internal sealed class Comparison(CompatibilityOptions options, CancellationToken cancellationToken)
{
    private readonly Dictionary<string, Automaton?> _automata = new(StringComparer.Ordinal);
    private int _steps = options.MaxSteps;
    private int _trials = options.MaxTrials;

    public int MaxDepth => options.MaxDepth;

    public int PatternStates { get; set; } = options.MaxPatternStates;

    public bool VisitText()
    {
        cancellationToken.ThrowIfCancellationRequested();
        return --PatternStates >= 0;
    }

    public bool Step()
    {
        cancellationToken.ThrowIfCancellationRequested();
        return --_steps >= 0 && RuntimeHelpers.TryEnsureSufficientExecutionStack();
    }

    public bool Try()
    {
        cancellationToken.ThrowIfCancellationRequested();
        return --_trials >= 0 && RuntimeHelpers.TryEnsureSufficientExecutionStack();
    }

    /// <summary>The automaton of a pattern that has been compiled before; null where it is none.</summary>
    public Automaton? AutomatonOf(string pattern, JsonSchemaOptions schemaOptions)
    {
        if (!_automata.TryGetValue(pattern, out var automaton))
            _automata[pattern] = automaton = PatternCompiler.Compile(pattern, "", schemaOptions) as Automaton;
        return automaton;
    }
}
