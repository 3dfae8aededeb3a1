using System.Globalization;

namespace ExchangeBus.IntegrationTests.Journeys;

/// <summary>Faults for every sample agency, chosen by a seed.</summary>
internal sealed class RandomFaults(int seed)
{
    private readonly Random _random = new(seed);
    private readonly Dictionary<string, string?> _settings = [];

    /// <summary>What an agency does not do, it does in every so many dossiers; how it answers, it does in all of them.</summary>
    internal IReadOnlyDictionary<string, string?> Settings()
    {
        foreach (var option in (string[])["onestop:SupplementEvery", "portal:SuppliesNothingEvery", "population:MismatchEvery", "population:WithholdEvery", "residence:DenyEvery",
            "residence:SilentEvery", "residence:VerifyEvery", "civilstatus:PersonalIdLateEvery", "onestop:Behaviour:RefuseEvery", "civilstatus:Behaviour:RefuseEvery",
            "residence:Behaviour:RefuseEvery", "socialinsurance:Behaviour:RefuseEvery", "identity:Behaviour:RefuseEvery"])
            Set(option, _random.Next(5, 14).ToString(CultureInfo.InvariantCulture));

        string[] agencies = ["onestop", "population", "civilstatus", "residence", "socialinsurance", "identity"];
        foreach (var agency in agencies)
        {
            Set($"{agency}:Behaviour:DownFor", Upto(TimeSpan.FromSeconds(4)));
            Set($"{agency}:Behaviour:Twice", YesOrNo());
            // Where a no overtakes the yes of an early step, the dossier ends there: one of the two, so that some come further.
            // And a database that takes every match back lets nobody pass.
            var contradicts = _random.Next(2) == 0 && agency != "population";
            Set($"{agency}:Behaviour:Contradicts", contradicts ? "true" : "false");
            Set($"{agency}:Behaviour:FirstWaits", contradicts ? "00:00:00" : Upto(TimeSpan.FromSeconds(1)));
            Set($"{agency}:Behaviour:PollOnly", YesOrNo());
            Set($"{agency}:Behaviour:PollEvery", "00:00:00.100");
        }

        // Of two branches at the end one answers late, and one speaks of dossiers that nobody knows.
        var (late, lost) = _random.Next(2) == 0 ? ("socialinsurance", "identity") : ("identity", "socialinsurance");
        Set($"{late}:Behaviour:LateBy", "00:00:02");
        Set($"{lost}:Behaviour:Unknown", "true");
        return _settings;
    }

    private void Set(string option, string value) => _settings[$"Agencies:{option}"] = value;

    private string YesOrNo() => _random.Next(2) == 0 ? "true" : "false";

    private string Upto(TimeSpan most) => (most * _random.NextDouble()).ToString("c", CultureInfo.InvariantCulture);
}
