using System.Text.RegularExpressions;
using ExchangeBus.Intake.Dialects.Xml;

namespace ExchangeBus.Intake.Dialects.LinkedPortal;

/// <summary>The simple values of the portal's dossiers, with the bounds of the canonical schemas.</summary>
internal static partial class PortalValues
{
    internal static readonly LeafValue Name = CitizenValues.Text(100);
    internal static readonly LeafValue Text = CitizenValues.Text(500);

    /// <summary>What only the kept original carries.</summary>
    internal static readonly LeafValue Kept = CitizenValues.Text(XmlLimits.MaxText);

    internal static readonly LeafValue Day = new(EdgeDates.ReadDay, EdgeDates.WriteCompact,
        "một ngày đủ: yyyyMMdd, dd.MM.yyyy hoặc dd/MM/yyyy", "a whole day: yyyyMMdd, dd.MM.yyyy or dd/MM/yyyy");

    internal static readonly LeafValue PartialDate = new(EdgeDates.ReadPartial, EdgeDates.WriteCompact,
        "ngày, tháng hoặc năm: yyyyMMdd, dd.MM.yyyy, dd/MM/yyyy, MM.yyyy hoặc yyyy", "a day, month or year: yyyyMMdd, dd.MM.yyyy, dd/MM/yyyy, MM.yyyy or yyyy");

    internal static readonly LeafValue BirthNotice = Of(BirthNoticeForm(), "số giấy chứng sinh NNNNN.GCS.NNNNN.NN", "a birth notice number NNNNN.GCS.NNNNN.NN");
    internal static readonly LeafValue DeathNotice = Of(DeathNoticeForm(), "số giấy báo tử NNNNN.GBT.NNNNN.NN", "a death notice number NNNNN.GBT.NNNNN.NN");
    internal static readonly LeafValue PaperNumber = Of(PaperNumberForm(), "số văn bản", "the number of a document");
    internal static readonly LeafValue IdentityNumber = Of(IdentityForm(), "số giấy tờ tùy thân", "the number of an identity document");
    internal static readonly LeafValue Code = Of(CodeForm(), "mã gồm chữ, số, dấu chấm, gạch", "a code of letters, digits, dots and dashes");
    internal static readonly LeafValue Time = Of(TimeForm(), "giờ dạng HH:mm", "a time as HH:mm");
    internal static readonly LeafValue Phone = Of(PhoneForm(), "số điện thoại", "a telephone number");
    internal static readonly LeafValue Email = Of(EmailForm(), "địa chỉ thư điện tử", "an e-mail address");
    internal static readonly LeafValue Copies = Of(CopiesForm(), "số từ 0 đến 50", "a number from 0 to 50");
    internal static readonly LeafValue Flag = new(text => text is "1" or "true" ? "1" : text is "0" or "false" ? "0" : null, "1 hoặc 0", "1 or 0");

    internal static bool IsDossierNumber(string text) => text.Length <= 53 && DossierNumberForm().IsMatch(text);

    internal static bool IsCode(string text) => CodeForm().IsMatch(text);

    private static LeafValue Of(Regex form, string expectedVi, string expectedEn) => new(text => form.IsMatch(text) ? text : null, expectedVi, expectedEn);

    [GeneratedRegex(@"\A[0-9]{5}\.GCS\.[0-9]{5}\.[0-9]{2}\z")]
    private static partial Regex BirthNoticeForm();

    [GeneratedRegex(@"\A[0-9]{5}\.GBT\.[0-9]{5}\.[0-9]{2}\z")]
    private static partial Regex DeathNoticeForm();

    [GeneratedRegex(@"\A[0-9A-Za-zĐđ][0-9A-Za-zĐđ/.-]{0,49}\z")]
    private static partial Regex PaperNumberForm();

    [GeneratedRegex(@"\A[0-9A-Za-z][0-9A-Za-z /.-]{0,29}\z")]
    private static partial Regex IdentityForm();

    [GeneratedRegex(@"\A[0-9A-Za-z][0-9A-Za-z_.-]{0,63}\z")]
    private static partial Regex CodeForm();

    [GeneratedRegex(@"\A(?:[01][0-9]|2[0-3]):[0-5][0-9]\z")]
    private static partial Regex TimeForm();

    [GeneratedRegex(@"\A(?:\+[0-9]{8,15}|0[0-9]{9,10})\z")]
    private static partial Regex PhoneForm();

    [GeneratedRegex(@"\A[^@\x00-\x20\x7F]{1,64}@[^@\x00-\x20\x7F]{1,190}\z")]
    private static partial Regex EmailForm();

    [GeneratedRegex(@"\A(?:[0-9]|[1-4][0-9]|50)\z")]
    private static partial Regex CopiesForm();

    [GeneratedRegex(@"\A[0-9A-Z]{1,5}(?:\.[0-9A-Z]{1,5}){0,6}-[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])-[0-9]{4,10}\z")]
    private static partial Regex DossierNumberForm();
}
