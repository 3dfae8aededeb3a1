namespace ExchangeBus.SampleAgencies.Allowances;

/// <summary>Which of the two payers an agency is.</summary>
/// <param name="Code"><c>socialInsurance</c> or <c>socialProtection</c>.</param>
/// <param name="Authority">Who decides, in words.</param>
/// <param name="FuneralAmount">Funeral allowance in đồng, where configuration gives no other.</param>
/// <param name="DecisionSuffix">End of the numbers of its decisions.</param>
internal sealed record Payer(string Code, string Authority, long FuneralAmount, string DecisionSuffix)
{
    internal static readonly Payer SocialInsurance = new("socialInsurance", "Bảo hiểm xã hội", 23_400_000, "QĐ-BHXH");
    internal static readonly Payer SocialProtection = new("socialProtection", "Ủy ban nhân dân xã", 10_000_000, "QĐ-UBND");
}
