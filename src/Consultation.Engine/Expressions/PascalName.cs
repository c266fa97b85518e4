using System.Text;

namespace Consultation.Engine.Expressions;

/// <summary>
/// The Pascal-cased form of a variable's or activity's name, as Elsa uses it in <c>getVisitorName()</c>: a letter at
/// the start and after blanks, underscores or dashes becomes a capital, and these separators go.
/// </summary>
public static class PascalName
{
    /// <summary><c>visitor_name</c> becomes <c>VisitorName</c>; Chinese names stay as they are.</summary>
    public static string Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var text = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            var start = i;
            while (i < name.Length && name[i] is ' ' or '_' or '-') i++;
            var atWordStart = (i > start || i == 0) && i < name.Length && char.IsAsciiLetter(name[i]);
            if (atWordStart) text.Append(char.ToUpperInvariant(name[i]));
            else if (i < name.Length) text.Append(name, start, i - start + 1);
            else text.Append(name, start, i - start);
        }

        return text.ToString();
    }
}
