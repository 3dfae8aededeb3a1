using System.Text;
using ExchangeBus.Contracts;

namespace ExchangeBus.SampleAgencies.Steps;

/// <summary>An answer as a registry keeps it.</summary>
internal static class Answer
{
    internal static string Write<T>(T answer) => Encoding.UTF8.GetString(EventData.Write(answer));

    internal static T Read<T>(string kept) => EventData.Read<T>(Encoding.UTF8.GetBytes(kept));
}
