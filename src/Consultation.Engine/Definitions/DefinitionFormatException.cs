using Consultation.Engine.Describing;

namespace Consultation.Engine.Definitions;

/// <summary>A workflow file that cannot be read at all: not JSON, or not the shape of an Elsa 3 definition.</summary>
public sealed class DefinitionFormatException : Exception
{
    public DefinitionFormatException(
        BilingualText what, BilingualText mend, int line = 0, int position = 0, Exception? cause = null)
        : base(line > 0 ? $"{what} (line {line}, position {position}). {mend}" : $"{what}. {mend}", cause)
    {
        What = what;
        Mend = mend;
        Line = line;
        Position = position;
    }

    /// <summary>What is wrong.</summary>
    public BilingualText What { get; }

    /// <summary>What is wrong, with its place where that is known.</summary>
    public BilingualText WhatAndWhere =>
        Line > 0 ? new($"{What.Zh}（第 {Line} 行第 {Position} 字节）", $"{What.En} (line {Line}, byte {Position})") : What;

    /// <summary>How to mend it.</summary>
    public BilingualText Mend { get; }

    /// <summary>Line from 1; 0 if the place is not known.</summary>
    public int Line { get; }

    /// <summary>Byte position in the line from 1; 0 if the place is not known.</summary>
    public int Position { get; }
}
