using ExchangeBus.Contracts;

namespace ExchangeBus.Checks.Rules;

/// <summary>What the numbers of a person say about the person. A sex may be determined anew and a date corrected, so a mismatch warns.</summary>
internal static class PersonRules
{
    private const string Id = "Decree 137/2015/NĐ-CP, article 13; Circular 07/2016/TT-BCA";
    private const string Health = "Law on Health Insurance 25/2008 as amended by 46/2014, article 16; Decree 146/2018, article 13.2";

    internal static readonly Rule IdProvince = new("personalid.province", Severity.Warning, "personalId", Id,
        "Ba chữ số đầu của số định danh không phải mã tỉnh nào trong 63 tỉnh cũ.", "The first three digits of the personal id are not the code of any of the old 63 provinces.");

    internal static readonly Rule IdCentury = new("personalid.century", Severity.Warning, "personalId, birth date of the same person", Id,
        "Chữ số thứ tư của số định danh không khớp thế kỷ sinh.", "The fourth digit of the personal id does not match the century of birth.");

    internal static readonly Rule IdGender = new("personalid.gender", Severity.Warning, "personalId, gender of the same person", Id,
        "Chữ số thứ tư của số định danh không khớp giới tính.", "The fourth digit of the personal id does not match the gender.");

    internal static readonly Rule IdYear = new("personalid.year", Severity.Warning, "personalId, birth date of the same person", Id,
        "Chữ số thứ năm và sáu của số định danh không khớp năm sinh.", "The fifth and sixth digit of the personal id do not match the year of birth.");

    internal static readonly Rule OldCard = new("oldidcard.implausible", Severity.Warning, "oldIdCard", "Decree 05/1999/NĐ-CP",
        "Số CMND chỉ gồm một chữ số lặp lại.", "The old identity card number is one digit repeated.");

    internal static readonly Rule CardProvince = new("healthcard.province", Severity.Error, "healthCardNumber, event's date", Health,
        "Hai chữ số tỉnh trong mã thẻ BHYT không phải mã tỉnh nào tính đến ngày của sự kiện.", "The two province digits of the health card are no province's code up to the event's date.");

    internal static readonly Rule CardAge = new("healthcard.age", Severity.Error, "healthCardNumber (TE1), birth date, event's date", Health,
        "Thẻ TE1 chỉ dành cho trẻ dưới 6 tuổi; thẻ của trẻ này đã hết hạn vào ngày của sự kiện.", "A TE1 card is for a child under six; this child's card has ended by the event's date.");

    internal static readonly Rule CardSix = new("healthcard.six", Severity.Warning, "healthCardNumber (TE1), birth date, event's date", Health,
        "Trẻ đã đủ 72 tháng tuổi; thẻ TE1 chỉ còn giá trị đến hết thời hạn chuyển tiếp.", "The child has reached 72 months; a TE1 card is valid only until the end of the transition.");

    internal static readonly Rule CardTemporary = new("healthcard.temporary", Severity.Warning, "healthCardNumber (TE1)", "Circular 30/2020/TT-BYT, article 10",
        "Mã thẻ không có số BHXH (mười chữ số 0): đây là mã tạm, hãy gửi mã chính thức khi có.", "The card has no social-insurance number (ten zeros): it is temporary; send the real one when it is given.");

    internal static readonly Rule ParentAge = new("parent.age", Severity.Warning, "birth dates of parent and child", "schemas/legal/checks",
        "Cha hoặc mẹ dưới {0} tuổi khi con sinh ra.", "The parent is younger than {0} at the child's birth.");

    internal static readonly Rule MotherAge = new("mother.age", Severity.Warning, "birth dates of mother and child", "schemas/legal/checks",
        "Mẹ trên {0} tuổi khi con sinh ra.", "The mother is older than {0} at the child's birth.");

    internal static readonly Rule[] Rules =
        [IdProvince, IdCentury, IdGender, IdYear, OldCard, CardProvince, CardAge, CardSix, CardTemporary, ParentAge, MotherAge];

    internal static IEnumerable<Violation> All => Rules.Select(rule => rule.At("/data/…", "n"));
}
