using System.Text.RegularExpressions;

namespace ExchangeBus.JsonSchema.Patterns;

internal static class PatternCompiler
{
    public static Pattern Compile(string pattern, string location, JsonSchemaOptions options)
    {
        try
        {
            var (root, needsBacktracking) = PatternParser.Parse(pattern);
            if (!needsBacktracking && Automaton.TryBuild(root, options.MaxPatternWork) is { } automaton) return automaton;
            return new RegexPattern(ToRegex(DotNetPattern.Write(root), options.PatternTimeout));
        }
        catch (FormatException error)
        {
            throw new SchemaLoadException("load.pattern", location, $"The pattern is not well-formed: {error.Message}.");
        }
    }

    public static bool IsPattern(string pattern)
    {
        try
        {
            PatternParser.Parse(pattern);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static Regex ToRegex(string pattern, TimeSpan timeout)
    {
        const RegexOptions Shared = RegexOptions.CultureInvariant;
        try
        {
            return new Regex(pattern, Shared | RegexOptions.NonBacktracking, timeout);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, Shared, timeout);
        }
    }
}
