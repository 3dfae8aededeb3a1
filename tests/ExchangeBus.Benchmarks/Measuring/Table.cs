namespace ExchangeBus.Benchmarks.Measuring;

/// <summary>The result for a person: ratios first, for absolute figures say more about the machine than about the bus.</summary>
internal static class Table
{
    internal static void Write(TextWriter to, WorkResult result, Machine machine)
    {
        to.WriteLine();
        to.WriteLine($"{result.Work.Name}: {result.Work.Says}");
        to.WriteLine(result.Work.Conditions);
        to.WriteLine($"{machine}. {result.Options.Rounds} rounds of {result.Options.Duration.TotalSeconds:0.#} s after a warm-up, in turn; median (min to max).");
        to.WriteLine();
        foreach (var ratio in result.Ratios)
        {
            var disturbed = ratio.IsDisturbed ? "  disturbed" : "";
            to.WriteLine($"  {ratio.Of + " / " + ratio.Over,-84} {ratio.Value.Median,7:0.00} ×  ({ratio.Value.Min:0.00} to {ratio.Value.Max:0.00}){disturbed}");
        }

        foreach (var difference in result.Differences)
        {
            var ends = $"({difference.Value.Min:+0.00;-0.00;0.00} to {difference.Value.Max:+0.00;-0.00;0.00})";
            to.WriteLine(
                $"  {difference.Of + " - " + difference.Over + ", " + difference.Figure,-84} {difference.Value.Median,7:+0.00;-0.00;0.00}    {ends}{(difference.IsDisturbed ? "  disturbed" : "")}");
        }

        to.WriteLine();
        to.WriteLine($"  {"",-56} {result.Work.Unit + "/s",14}  {"min to max",-20} {"CPU µs each",12} {"bytes each",12}");
        foreach (var contender in result.Contenders)
        {
            var ends = $"{contender.PerSecond.Min:N0} to {contender.PerSecond.Max:N0}";
            to.WriteLine(
                $"  {contender.Name,-56} {contender.PerSecond.Median,14:N0}  {ends,-20} {contender.CpuMicroseconds,12:N1} {contender.AllocatedBytes,12:N0}{(contender.IsDisturbed ? "  disturbed" : "")}");
        }

        to.WriteLine();
        WriteFigures(to, result);
    }

    private static void WriteFigures(TextWriter to, WorkResult result)
    {
        var names = result.Contenders.SelectMany(c => c.Figures).Select(f => f.Name).Distinct().ToArray();
        if (names.Length == 0)
            return;
        to.WriteLine($"  {"",-56}{string.Concat(names.Select(name => $" {name,24}"))}");
        foreach (var contender in result.Contenders)
        {
            var cells = names.Select(name => contender.Figures.FirstOrDefault(f => f.Name == name)?.Value)
                .Select(value => value is null ? "-" : $"{value.Median:0.00} ({value.Min:0.00} to {value.Max:0.00})");
            to.WriteLine($"  {contender.Name,-56}{string.Concat(cells.Select(cell => $" {cell,24}"))}");
        }

        to.WriteLine();
    }
}
