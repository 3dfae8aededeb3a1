namespace ExchangeBus.Testing;

/// <summary>An agency as the bus is configured with it, with one system and its subscriptions.</summary>
public sealed record TestAgency(string Code, string System, string[] Publishes, params (string Name, string[] Types)[] Subscriptions)
{
    /// <summary>The system's secret; long enough, and used nowhere but on loopback.</summary>
    public string Key => $"test-key-of-{Code}.{System}-not-a-secret";

    public string Source => $"urn:exchangebus:agency:{Code}:{System}";

    public string BrokerUser => $"{Code}.{System}";

    /// <summary>The agency as entries of configuration section <c>Bus</c>.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Configuration(int index)
    {
        var at = $"Bus:Agencies:{index}";
        yield return new($"{at}:Code", Code);
        yield return new($"{at}:Name", $"Test agency {Code}");
        yield return new($"{at}:Systems:0:System", System);
        yield return new($"{at}:Systems:0:Key", Key);
        for (var i = 0; i < Publishes.Length; i++)
            yield return new($"{at}:Systems:0:Publishes:{i}", Publishes[i]);
        for (var i = 0; i < Subscriptions.Length; i++)
        {
            yield return new($"{at}:Subscriptions:{i}:Name", Subscriptions[i].Name);
            for (var t = 0; t < Subscriptions[i].Types.Length; t++)
                yield return new($"{at}:Subscriptions:{i}:Types:{t}", Subscriptions[i].Types[t]);
        }
    }
}
