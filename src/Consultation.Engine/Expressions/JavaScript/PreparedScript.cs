using System.Collections.Concurrent;
using System.Collections.Frozen;
using Acornima.Ast;
using Jint;
using JsEngine = global::Jint.Engine;

namespace Consultation.Engine.Expressions.JavaScript;

/// <summary>
/// A source that was read once: immutable, shared by threads and evaluations. The same text is read once only, however
/// many definitions hold it.
/// </summary>
internal sealed class PreparedScript
{
    /// <summary>Characters of all sources kept; beyond it the cache begins anew.</summary>
    private const int MostCharacters = 4 * 1024 * 1024;

    private static readonly ScriptPreparationOptions Reading = new()
    {
        ParsingOptions = new ScriptParsingOptions
        {
            // As Elsa: "return" ends the script.
            AllowReturnOutsideFunction = true,
            CompileRegex = false,
            RetainFunctionSourceText = true,
            RegexTimeout = Guard.RegexTime,
        },
        CollectReferencedGlobals = true,
    };

    private static readonly ConcurrentDictionary<string, PreparedScript> Known = new(StringComparer.Ordinal);
    private static int _characters;

    private PreparedScript(in Prepared<Script> script)
    {
        Script = script;
        var names = script.ReferencedGlobals!;
        Names = [.. names.Where(name => !Guard.Language.Contains(name))];
    }

    public Prepared<Script> Script { get; }

    /// <summary>The names that the script takes from outside and that are not the language's own.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>True if the script may draw random numbers.</summary>
    public bool UsesMath { get; private init; }

    /// <summary>See <see cref="SourceReview.WritesDates"/>.</summary>
    public bool WritesDates { get; private init; }

    /// <summary>See <see cref="SourceReview.Iterates"/>.</summary>
    public bool Iterates { get; private init; }

    /// <summary>See <see cref="SourceReview.MakesIterators"/>.</summary>
    public bool MakesIterators { get; private init; }

    /// <summary>See <see cref="SourceReview.WritesNumbers"/>.</summary>
    public bool WritesNumbers { get; private init; }

    /// <summary>See <see cref="SourceReview.UsesAdditions"/>.</summary>
    public bool UsesAdditions { get; private init; }

    /// <summary>True if names may be asked for that do not stand in the source: <c>globalThis[name]</c>.</summary>
    public bool UsesGlobalObject { get; private init; }

    /// <summary>See <see cref="SourceReview.Watched"/>.</summary>
    public IReadOnlySet<string> Watched { get; private init; } = FrozenSet<string>.Empty;

    /// <summary>See <see cref="SourceReview.ReachesAnyName"/>.</summary>
    public bool ReachesAnyName { get; private init; }

    /// <summary>See <see cref="SourceReview.MayRecurse"/>.</summary>
    public bool MayRecurse { get; private init; }

    /// <exception cref="ExpressionException">The source is not valid or too large.</exception>
    public static PreparedScript Of(string source, ExpressionLimits limits)
    {
        if (source.Length > limits.MaxSourceLength)
        {
            throw new ExpressionException(
                ExpressionErrorKind.Limit,
                $"The expression has {source.Length} characters; at most {limits.MaxSourceLength} are allowed.",
                0,
                0);
        }

        if (Known.TryGetValue(source, out var known)) return known;
        var read = Read(source, limits);
        if (Interlocked.Add(ref _characters, source.Length + 100) > MostCharacters)
        {
            Known.Clear();
            _characters = 0;
        }

        return Known.GetOrAdd(source, read);
    }

    private static PreparedScript Read(string source, ExpressionLimits limits)
    {
        try
        {
            var script = JsEngine.PrepareScript(source, options: Reading);
            var review = new SourceReview(limits.MaxNesting);
            review.Look(script.Program!);
            var whole = review.UsesThis || script.ReferencedGlobals!.Contains("globalThis");
            return new PreparedScript(script)
            {
                UsesGlobalObject = whole,
                UsesMath = whole || script.ReferencedGlobals!.Contains("Math"),
                UsesAdditions = review.UsesAdditions,
                Iterates = review.Iterates || review.ReachesAnyName,
                WritesNumbers = review.WritesNumbers,
                WritesDates = review.WritesDates || review.ReachesAnyName,
                MayRecurse = review.MayRecurse || (review.HasFunctions && review.ReachesAnyName),
                MakesIterators = review.MakesIterators,
                Watched = review.Watched,
                ReachesAnyName = review.ReachesAnyName,
            };
        }
        catch (Exception unreadable) when (unreadable is not ExpressionException)
        {
            throw SyntaxProblems.Of(unreadable, source, limits);
        }
    }
}
