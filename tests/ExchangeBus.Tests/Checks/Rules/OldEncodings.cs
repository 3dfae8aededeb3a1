using System.Text;

namespace ExchangeBus.Tests.Checks.Rules;

/// <summary>Writes Vietnamese as programs of before Unicode did, and as it looks when it is then read as Latin-1.</summary>
internal static class OldEncodings
{
    private const string Letters = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ";
    private const string InTcvn3 = "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00ADõö÷øùúûüýþ";
    private const string CapitalsOfTcvn3 = "ĂÂĐÊÔƠƯ";
    private const string CapitalsInTcvn3 = "¡¢§£¤¥¦";

    private static readonly string[] InVni =
    [
        "aø", "aû", "aõ", "aù", "aï", "aê", "aè", "aú", "aü", "aé", "aë", "aâ", "aà", "aå", "aã", "aá", "aä", "ñ",
        "eø", "eû", "eõ", "eù", "eï", "eâ", "eà", "eå", "eã", "eá", "eä", "ì", "æ", "ó", "í", "ò",
        "oø", "oû", "oõ", "où", "oï", "oâ", "oà", "oå", "oã", "oá", "oä", "ô", "ôø", "ôû", "ôõ", "ôù", "ôï",
        "uø", "uû", "uõ", "uù", "uï", "ö", "öø", "öû", "öõ", "öù", "öï", "yø", "yû", "yõ", "yù", "î",
    ];

    public static string Tcvn3(string text) => string.Concat(text.Select(letter =>
        CapitalsOfTcvn3.IndexOf(letter, StringComparison.Ordinal) is var capital and >= 0 ? CapitalsInTcvn3[capital]
        : Letters.IndexOf(char.ToLowerInvariant(letter), StringComparison.Ordinal) is var at and >= 0 ? InTcvn3[at] : letter));

    public static string Vni(string text) => string.Concat(text.Select(letter =>
        Letters.IndexOf(char.ToLowerInvariant(letter), StringComparison.Ordinal) is var at and >= 0
            ? char.IsUpper(letter) ? InVni[at].ToUpperInvariant() : InVni[at]
            : letter.ToString()));

    /// <summary>UTF-8 read as Latin-1, byte for byte.</summary>
    public static string Mojibake(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>Letters and marks apart, as some keyboards and file systems write them.</summary>
    public static string Decomposed(string text) => string.Concat(text.Select(letter => letter switch
    {
        'ễ' => "e\u0302\u0303",
        'ă' => "a\u0306",
        'ầ' => "a\u0302\u0300",
        'ị' => "i\u0323",
        'ậ' => "a\u0302\u0323",
        'ờ' => "o\u031B\u0300",
        'é' => "e\u0301",
        'ü' => "u\u0308",
        _ => letter.ToString(),
    }));
}
