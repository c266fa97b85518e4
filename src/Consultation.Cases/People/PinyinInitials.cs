using System.Text;

namespace Consultation.Cases.People;

/// <summary>
/// First letters of the pinyin of Chinese characters, so that a name is found by typing "zk" for 郑凯. The common
/// characters of GB 2312 stand there in the order of their pinyin, so their code tells the letter; of the rarer ones
/// only those that are surnames are known.
/// </summary>
public static class PinyinInitials
{
    private const string Letters = "abcdefghjklmnopqrstwxyz";

    // The first code of each letter, in that order; level 1 ends with D7F9.
    private static readonly int[] First =
    [
        0xB0A1, 0xB0C5, 0xB2C1, 0xB4EE, 0xB6EA, 0xB7A2, 0xB8C1, 0xB9FE, 0xBBF7, 0xBFA6, 0xC0AC, 0xC2E8, 0xC4C3, 0xC5B6,
        0xC5BE, 0xC6DA, 0xC8BB, 0xC8F6, 0xCBFA, 0xCDDA, 0xCEF4, 0xD1B9, 0xD4D1,
    ];

    private const int Last = 0xD7F9;

    private static readonly Dictionary<char, char> Surnames = new()
    {
        ['覃'] = 'q',
        ['翟'] = 'z',
        ['闫'] = 'y',
        ['芮'] = 'r',
        ['邸'] = 'd',
        ['瞿'] = 'q',
        ['郗'] = 'x',
        ['亓'] = 'q',
        ['佟'] = 't',
        ['仝'] = 't',
        ['逄'] = 'p',
        ['邬'] = 'w',
        ['岑'] = 'c',
        ['缪'] = 'm',
        ['祁'] = 'q',
        ['阚'] = 'k',
        ['靳'] = 'j',
        ['昝'] = 'z',
        ['晏'] = 'y',
        ['褚'] = 'c',
        ['喻'] = 'y',
        ['樊'] = 'f',
        ['邱'] = 'q',
        ['隗'] = 'w',
        ['琳'] = 'l',
        ['婷'] = 't',
        ['颖'] = 'y',
        ['鑫'] = 'x',
        ['娜'] = 'n',
        ['琪'] = 'q',
        ['瑜'] = 'y',
        ['璐'] = 'l',
        ['婧'] = 'j',
        ['昊'] = 'h',
        ['晟'] = 's',
        ['钰'] = 'y',
        ['睿'] = 'r',
        ['媛'] = 'y',
        ['琦'] = 'q',
        ['珺'] = 'j',
        // Surnames that are read otherwise than the character.
        ['单'] = 's',
        ['曾'] = 'z',
        ['解'] = 'x',
        ['仇'] = 'q',
        ['查'] = 'z',
        ['朴'] = 'p',
        ['尉'] = 'w',
    };

    private static readonly Encoding National = CodePagesEncodingProvider.Instance.GetEncoding("GB2312")!;

    /// <summary>The letters of a text: "zk" for 郑凯; letters and digits stay, what has no letter is left out.</summary>
    public static string Of(string text)
    {
        var letters = new StringBuilder(text.Length);
        foreach (var one in text)
        {
            if (char.IsAsciiLetterOrDigit(one)) letters.Append(char.ToLowerInvariant(one));
            else if (LetterOf(one) is { } letter) letters.Append(letter);
        }

        return letters.ToString();
    }

    private static char? LetterOf(char one)
    {
        if (Surnames.TryGetValue(one, out var known)) return known;
        Span<byte> bytes = stackalloc byte[4];
        if (one < 0x4E00 || National.GetBytes([one], bytes) != 2) return null;
        var code = (bytes[0] << 8) | bytes[1];
        if (code < First[0] || code > Last) return null;
        var at = Array.BinarySearch(First, code);
        return Letters[at >= 0 ? at : ~at - 1];
    }
}
