using System.Collections.Frozen;
using System.Text;

namespace ExchangeBus.Checks.Rules.Text;

/// <summary>
/// Composes Latin letters that came as a letter and combining marks: Unicode normalization form C for the Latin script, with every
/// Vietnamese letter (TCVN 6909:2001). <see cref="string.Normalize()"/> does nothing beyond ASCII here, because the product runs without ICU data.
/// </summary>
internal static class LetterComposition
{
    // Each mark, and the letters it joins: a letter, then what letter and mark make together.
    private static readonly (char Mark, string Pairs)[] Marks =
    [
        ('\u0300', "AÀEÈIÌOÒUÙaàeèiìoòuùÜǛüǜNǸnǹĒḔēḕŌṐōṑWẀwẁÂẦâầĂẰăằÊỀêềÔỒôồƠỜơờƯỪưừYỲyỳ"),
        ('\u0301', "AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzźÜǗüǘGǴgǵÅǺåǻÆǼæǽØǾøǿÇḈçḉĒḖēḗÏḮïḯKḰkḱMḾmḿÕṌõṍŌṒōṓPṔpṕŨṸũṹWẂwẃÂẤâấĂẮăắÊẾêếÔỐôốƠỚơớƯỨưứ"),
        ('\u0302', "AÂEÊIÎOÔUÛaâeêiîoôuûCĈcĉGĜgĝHĤhĥJĴjĵSŜsŝWŴwŵYŶyŷZẐzẑẠẬạậẸỆẹệỌỘọộ"),
        ('\u0303', "AÃNÑOÕaãnñoõIĨiĩUŨuũVṼvṽÂẪâẫĂẴăẵEẼeẽÊỄêễÔỖôỗƠỠơỡƯỮưữYỸyỹ"),
        ('\u0304', "AĀaāEĒeēIĪiīOŌoōUŪuūÜǕüǖÄǞäǟȦǠȧǡÆǢæǣǪǬǫǭÖȪöȫÕȬõȭȮȰȯȱYȲyȳGḠgḡḶḸḷḹṚṜṛṝ"),
        ('\u0306', "AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭȨḜȩḝẠẶạặ"),
        ('\u0307', "CĊcċEĖeėGĠgġIİZŻzżAȦaȧOȮoȯBḂbḃDḊdḋFḞfḟHḢhḣMṀmṁNṄnṅPṖpṗRṘrṙSṠsṡŚṤśṥŠṦšṧṢṨṣṩTṪtṫWẆwẇXẊxẋYẎyẏſẛ"),
        ('\u0308', "AÄEËIÏOÖUÜaäeëiïoöuüyÿYŸHḦhḧÕṎõṏŪṺūṻWẄwẅXẌxẍtẗ"),
        ('\u0309', "AẢaảÂẨâẩĂẲăẳEẺeẻÊỂêểIỈiỉOỎoỏÔỔôổƠỞơởUỦuủƯỬưửYỶyỷ"),
        ('\u030A', "AÅaåUŮuůwẘyẙ"),
        ('\u030B', "OŐoőUŰuű"),
        ('\u030C', "CČcčDĎdďEĚeěLĽlľNŇnňRŘrřSŠsšTŤtťZŽzžAǍaǎIǏiǐOǑoǒUǓuǔÜǙüǚGǦgǧKǨkǩƷǮʒǯjǰHȞhȟ"),
        ('\u030F', "AȀaȁEȄeȅIȈiȉOȌoȍRȐrȑUȔuȕ"),
        ('\u0311', "AȂaȃEȆeȇIȊiȋOȎoȏRȒrȓUȖuȗ"),
        ('\u031B', "OƠoơUƯuư"),
        ('\u0323', "BḄbḅDḌdḍHḤhḥKḲkḳLḶlḷMṂmṃNṆnṇRṚrṛSṢsṣTṬtṭVṾvṿWẈwẉZẒzẓAẠaạEẸeẹIỊiịOỌoọƠỢơợUỤuụƯỰưựYỴyỵ"),
        ('\u0324', "UṲuṳ"),
        ('\u0325', "AḀaḁ"),
        ('\u0326', "SȘsșTȚtț"),
        ('\u0327', "CÇcçGĢgģKĶkķLĻlļNŅnņRŖrŗSŞsşTŢtţEȨeȩDḐdḑHḨhḩ"),
        ('\u0328', "AĄaąEĘeęIĮiįUŲuųOǪoǫ"),
        ('\u032D', "DḒdḓEḘeḙLḼlḽNṊnṋTṰtṱUṶuṷ"),
        ('\u032E', "HḪhḫ"),
        ('\u0330', "EḚeḛIḬiḭUṴuṵ"),
        ('\u0331', "BḆbḇDḎdḏKḴkḵLḺlḻNṈnṉRṞrṟTṮtṯZẔzẕhẖ"),
    ];

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
            if (!IsMark(letter) && (i == text.Length || !IsMark(text[i])))
            {
                composed.Append(letter);
                continue;
            }

            marks.Clear();
            // Marks at the beginning have no letter, and are put in order only.
            char? first = null;
            if (IsMark(letter))
                Add(letter, marks);
            else
                first = TakeApart(letter, marks);
            for (; i < text.Length && IsMark(text[i]); i++)
                Add(text[i], marks);
            Join(first, marks, composed);
        }

        return composed.ToString() is var result && result == text ? text : result;
    }

    // U+034F, the grapheme joiner, is in class 0: no mark moves across it or is joined over it.
    private static bool IsMark(char character) => character is >= '\u0300' and <= '\u036F' and not '\u034F';

    // Marks that Unicode says are others, twice encoded.
    private static void Add(char mark, List<char> marks)
    {
        if (mark == '\u0344')
            marks.Add('\u0308');
        marks.Add(mark switch { '\u0340' => '\u0300', '\u0341' or '\u0344' => '\u0301', '\u0343' => '\u0313', _ => mark });
    }

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
    private static void Join(char? letter, List<char> marks, StringBuilder composed)
    {
        var left = new List<char>();
        foreach (var mark in marks.OrderBy(CombiningClass.Of))
        {
            var blocked = left.Count > 0 && CombiningClass.Of(left[^1]) >= CombiningClass.Of(mark);
            if (!blocked && letter is { } known && Composed.TryGetValue((known, mark), out var joined))
                letter = joined;
            else
                left.Add(mark);
        }

        composed.Append(letter).Append([.. left]);
    }
}
