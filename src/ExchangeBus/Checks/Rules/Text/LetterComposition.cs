using System.Collections.Frozen;
using System.Text;

namespace ExchangeBus.Checks.Rules.Text;

/// <summary>
/// Composes Latin letters that came as a letter and combining marks: Unicode normalization form C for the Latin script, with every
/// Vietnamese letter (TCVN 6909:2001). <see cref="string.Normalize()"/> does nothing beyond ASCII here, because the product runs without ICU data.
/// </summary>
internal static class LetterComposition
{
    // Each mark with its canonical combining class, and the letters it joins: a letter, then what letter and mark make together.
    private static readonly (char Mark, byte Class, string Pairs)[] Marks =
    [
        ('\u0300', 230, "AÀEÈIÌOÒUÙaàeèiìoòuùÜǛüǜNǸnǹĒḔēḕŌṐōṑWẀwẁÂẦâầĂẰăằÊỀêềÔỒôồƠỜơờƯỪưừYỲyỳ"),
        ('\u0301', 230, "AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzźÜǗüǘGǴgǵÅǺåǻÆǼæǽØǾøǿÇḈçḉĒḖēḗÏḮïḯKḰkḱMḾmḿÕṌõṍŌṒōṓPṔpṕŨṸũṹWẂwẃÂẤâấĂẮăắÊẾêếÔỐôốƠỚơớƯỨưứ"),
        ('\u0302', 230, "AÂEÊIÎOÔUÛaâeêiîoôuûCĈcĉGĜgĝHĤhĥJĴjĵSŜsŝWŴwŵYŶyŷZẐzẑẠẬạậẸỆẹệỌỘọộ"),
        ('\u0303', 230, "AÃNÑOÕaãnñoõIĨiĩUŨuũVṼvṽÂẪâẫĂẴăẵEẼeẽÊỄêễÔỖôỗƠỠơỡƯỮưữYỸyỹ"),
        ('\u0304', 230, "AĀaāEĒeēIĪiīOŌoōUŪuūÜǕüǖÄǞäǟȦǠȧǡÆǢæǣǪǬǫǭÖȪöȫÕȬõȭȮȰȯȱYȲyȳGḠgḡḶḸḷḹṚṜṛṝ"),
        ('\u0306', 230, "AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭȨḜȩḝẠẶạặ"),
        ('\u0307', 230, "CĊcċEĖeėGĠgġIİZŻzżAȦaȧOȮoȯBḂbḃDḊdḋFḞfḟHḢhḣMṀmṁNṄnṅPṖpṗRṘrṙSṠsṡŚṤśṥŠṦšṧṢṨṣṩTṪtṫWẆwẇXẊxẋYẎyẏſẛ"),
        ('\u0308', 230, "AÄEËIÏOÖUÜaäeëiïoöuüyÿYŸHḦhḧÕṎõṏŪṺūṻWẄwẅXẌxẍtẗ"),
        ('\u0309', 230, "AẢaảÂẨâẩĂẲăẳEẺeẻÊỂêểIỈiỉOỎoỏÔỔôổƠỞơởUỦuủƯỬưửYỶyỷ"),
        ('\u030A', 230, "AÅaåUŮuůwẘyẙ"),
        ('\u030B', 230, "OŐoőUŰuű"),
        ('\u030C', 230, "CČcčDĎdďEĚeěLĽlľNŇnňRŘrřSŠsšTŤtťZŽzžAǍaǎIǏiǐOǑoǒUǓuǔÜǙüǚGǦgǧKǨkǩƷǮʒǯjǰHȞhȟ"),
        ('\u030F', 230, "AȀaȁEȄeȅIȈiȉOȌoȍRȐrȑUȔuȕ"),
        ('\u0311', 230, "AȂaȃEȆeȇIȊiȋOȎoȏRȒrȓUȖuȗ"),
        ('\u031B', 216, "OƠoơUƯuư"),
        ('\u0323', 220, "BḄbḅDḌdḍHḤhḥKḲkḳLḶlḷMṂmṃNṆnṇRṚrṛSṢsṣTṬtṭVṾvṿWẈwẉZẒzẓAẠaạEẸeẹIỊiịOỌoọƠỢơợUỤuụƯỰưựYỴyỵ"),
        ('\u0324', 220, "UṲuṳ"),
        ('\u0325', 220, "AḀaḁ"),
        ('\u0326', 220, "SȘsșTȚtț"),
        ('\u0327', 202, "CÇcçGĢgģKĶkķLĻlļNŅnņRŖrŗSŞsşTŢtţEȨeȩDḐdḑHḨhḩ"),
        ('\u0328', 202, "AĄaąEĘeęIĮiįUŲuųOǪoǫ"),
        ('\u032D', 220, "DḒdḓEḘeḙLḼlḽNṊnṋTṰtṱUṶuṷ"),
        ('\u032E', 220, "HḪhḫ"),
        ('\u0330', 220, "EḚeḛIḬiḭUṴuṵ"),
        ('\u0331', 220, "BḆbḇDḎdḏKḴkḵLḺlḻNṈnṉRṞrṟTṮtṯZẔzẕhẖ"),
    ];

    private static readonly FrozenDictionary<char, byte> Classes = Marks.ToFrozenDictionary(m => m.Mark, m => m.Class);

    private static readonly FrozenDictionary<(char Letter, char Mark), char> Composed = Marks
        .SelectMany(m => Enumerable.Range(0, m.Pairs.Length / 2).Select(i => (Letter: m.Pairs[2 * i], m.Mark, Result: m.Pairs[(2 * i) + 1])))
        .ToFrozenDictionary(p => (p.Letter, p.Mark), p => p.Result);

    private static readonly FrozenDictionary<char, (char Letter, char Mark)> Apart = Composed.ToFrozenDictionary(p => p.Value, p => p.Key);

    /// <summary>The composed text; the same instance when there is nothing to compose.</summary>
    internal static string Compose(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\u0300', '\u036F'))
            return text;
        var composed = new StringBuilder(text.Length);
        var marks = new List<char>();
        for (var i = 0; i < text.Length;)
        {
            var letter = text[i++];
            if (i == text.Length || !IsMark(text[i]))
            {
                composed.Append(letter);
                continue;
            }

            marks.Clear();
            letter = TakeApart(letter, marks);
            for (; i < text.Length && IsMark(text[i]); i++)
                marks.Add(text[i] switch { '\u0340' => '\u0300', '\u0341' => '\u0301', var mark => mark });
            Join(letter, marks, composed);
        }

        return composed.ToString() is var result && result == text ? text : result;
    }

    private static bool IsMark(char character) => character is >= '\u0300' and <= '\u036F';

    private static int ClassOf(char mark) => Classes.GetValueOrDefault(mark, (byte)230);

    private static char TakeApart(char letter, List<char> marks)
    {
        while (Apart.TryGetValue(letter, out var apart))
        {
            marks.Insert(0, apart.Mark);
            letter = apart.Letter;
        }

        return letter;
    }

    // UAX 15: marks in canonical order; one that could not be joined blocks those of its class behind it.
    private static void Join(char letter, List<char> marks, StringBuilder composed)
    {
        var left = new List<char>();
        foreach (var mark in marks.OrderBy(ClassOf))
        {
            var blocked = left.Count > 0 && ClassOf(left[^1]) >= ClassOf(mark);
            if (!blocked && Composed.TryGetValue((letter, mark), out var joined))
                letter = joined;
            else
                left.Add(mark);
        }

        composed.Append(letter).Append([.. left]);
    }
}
