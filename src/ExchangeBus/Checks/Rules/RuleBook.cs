using ExchangeBus.Checks.CodeLists;
using ExchangeBus.Checks.Rules.Plans;
using ExchangeBus.Contracts;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Checks.Rules;

/// <summary>Every rule beyond the schema, with the lists and numbers it reads; loaded once at start.</summary>
internal sealed class RuleBook
{
    [ThreadStatic]
    private static WalkMemory? _idle;

    private readonly ChecksOptions _options;
    private readonly RulePlans _plans;
    private readonly RuleNumbers[] _numbers;
    private RuleContext? _last;

    /// <exception cref="InvalidOperationException">A schema names a list that does not exist, or no numbers are there.</exception>
    /// <exception cref="InvalidDataException">A code list is not of the known form.</exception>
    public RuleBook(ContractFiles files, IOptions<ChecksOptions> options)
    {
        _options = options.Value;
        Lists = CodeListFolder.Load(Path.Combine(_options.SchemasFolder, "code-lists"));
        _plans = new RulePlans(files, Lists);
        _numbers = RuleNumbers.Load(Path.Combine(_options.SchemasFolder, "legal", "checks"));
    }

    internal CodeListFolder Lists { get; }

    /// <summary>Says what is wrong with a body by the rules of its type. Allocates nothing for a body that is clean.</summary>
    /// <param name="cloudEvent">The event; of a body that is not JSON nothing is said.</param>
    /// <param name="now">The bus's clock.</param>
    /// <param name="findings">Takes what is wrong.</param>
    internal void Check(CloudEvent cloudEvent, DateTimeOffset now, Findings findings)
    {
        if (_plans.Find(cloudEvent.Type) is not { } plan)
            return;
        var memory = _idle ?? new WalkMemory();
        _idle = null;
        try
        {
            new BodyWalk(cloudEvent.Data.Span, ContextOf(cloudEvent, now, findings), memory, findings).Run(plan);
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException)
        {
            // Not JSON, or half a surrogate pair: the validator has said so, with the place.
        }

        _idle = memory;
    }

    private RuleContext ContextOf(CloudEvent cloudEvent, DateTimeOffset now, Findings findings)
    {
        var today = PartialDay.InVietnam(now);
        var day = cloudEvent.Time is { } time ? PartialDay.InVietnam(time) : today;
        var numbers = NumbersOf(day);
        var tomorrow = today.AddDays(numbers.FutureGraceDays);
        if (day > tomorrow)
            findings.Add(RecordRules.EventTime.At("/time"));
        var end = new PartialDay(tomorrow.Year, tomorrow.Month, tomorrow.Day);
        // Nearly all events of a day have one context.
        var context = _last;
        if (context is null || context.EnvelopeDay != day || context.Tomorrow != end)
            _last = context = new RuleContext(Lists.Units, numbers, _options, day, end);
        return context;
    }

    private RuleNumbers NumbersOf(DateOnly day)
    {
        foreach (var numbers in _numbers)
        {
            if (numbers.From <= day)
                return numbers;
        }

        return _numbers[^1];
    }
}
