using System.IO.Compression;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;

namespace Consultation.Runtime.Definitions;

/// <summary>One file of a package as read.</summary>
/// <param name="FileName">Its name, with that of the ZIP it lay in.</param>
/// <param name="Definition">The definition, or null when it cannot be read.</param>
/// <param name="Problem">What is wrong and how to mend it, naming the file; null when it was read.</param>
public sealed record PackagedDefinition(string FileName, WorkflowDefinition? Definition, BilingualText? Problem);

/// <summary>
/// Reads definitions from outside: one JSON file, or a ZIP of them. What is unpacked is bounded, whatever the ZIP says
/// of itself: a small file that grows without end is refused.
/// </summary>
public static class DefinitionPackage
{
    /// <summary>Most files in a ZIP.</summary>
    public const int MostFiles = 200;

    /// <summary>Most bytes of all files of a ZIP together, unpacked: 20 MB.</summary>
    public const long MostBytes = 20 * 1024 * 1024;

    /// <summary>Reads a package; a broken file keeps the others from nothing.</summary>
    public static IReadOnlyList<PackagedDefinition> Read(string fileName, byte[] content)
    {
        if (!content.AsSpan().StartsWith("PK"u8)) return [ReadJson(fileName, content)];
        try
        {
            if (Files(content) is not { } archive) return [TooManyFiles(fileName)];
            using var opened = archive;
            var entries = archive.Entries.Where(entry => !IsClutter(entry)).ToList();
            if (entries.Count > MostFiles) return [TooManyFiles(fileName)];

            var read = new List<PackagedDefinition>();
            var left = MostBytes;
            foreach (var entry in entries)
            {
                var name = $"{fileName}/{entry.FullName}";
                if (!entry.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
                {
                    read.Add(Refused(
                        name, new("不是 .json 文件", "it is no .json file"),
                        new("压缩包里只放流程定义的 JSON 文件", "Put only JSON files of definitions into the ZIP")));
                    continue;
                }

                if (Unpack(entry, Math.Min(left, DefinitionLimits.MaxBytes)) is not { } json)
                {
                    read.Add(Refused(
                        name, new("解压后过大", "it is too large when unpacked"),
                        new("单个文件不超过 10 MB，全部不超过 20 MB", "At most 10 MB a file and 20 MB in all")));
                    break;
                }

                left -= json.Length;
                read.Add(ReadJson(name, json));
            }

            return read;
        }
        catch (InvalidDataException)
        {
            return [Refused(
                fileName, new("不是完整的 ZIP 压缩包", "it is no complete ZIP"),
                new("请重新打包或重新下载", "Pack or download it again"))];
        }
    }

    /// <summary>
    /// Opens a ZIP; null when it lists more than any honest one of <see cref="MostFiles"/> files. Counted before it is
    /// listed: the list of a hostile ZIP alone fills the memory.
    /// </summary>
    /// <exception cref="InvalidDataException">It is no complete ZIP.</exception>
    public static ZipArchive? Files(byte[] content) => content.AsSpan().Count("PK\u0001\u0002"u8) <= 4 * MostFiles
        ? new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read)
        : null;

    /// <summary>Folders, and what macOS and Windows put beside the files when they pack them.</summary>
    public static bool IsClutter(ZipArchiveEntry entry) =>
        entry.FullName.Split('/', '\\') is [.. var folders, var name]
        && (name is [] or ['.', ..] or "Thumbs.db" or "desktop.ini" || folders.Contains("__MACOSX"));

    /// <summary>The bytes of an entry; null when there are more than allowed.</summary>
    public static byte[]? Unpack(ZipArchiveEntry entry, long most)
    {
        using var source = entry.Open();
        using var unpacked = new MemoryStream();
        var buffer = new byte[32 * 1024];
        while (source.Read(buffer) is > 0 and var read)
        {
            if (unpacked.Length + read > most) return null;
            unpacked.Write(buffer, 0, read);
        }

        return unpacked.ToArray();
    }

    private static PackagedDefinition ReadJson(string fileName, byte[] json)
    {
        try
        {
            if (DefinitionLimits.Check(json) is { } tooMuch)
            {
                return new(fileName, null, About(fileName, tooMuch));
            }
            var definition = WorkflowDefinition.Parse(json);
            if (definition.Root is null || definition.DefinitionId.Length == 0)
            {
                return Refused(
                    fileName,
                    new("不是流程定义：没有 definitionId 或 root",
                        "it is no workflow definition: definitionId or root is missing"),
                    new("请用设计器的“导出”得到文件", "Take a file that the designer exported"));
            }

            return new(fileName, definition, null);
        }
        catch (DefinitionFormatException broken)
        {
            return Refused(fileName, broken.WhatAndWhere, broken.Mend);
        }
    }

    private static PackagedDefinition TooManyFiles(string fileName) => Refused(
        fileName, new($"压缩包里的文件超过 {MostFiles} 个", $"the ZIP holds more than {MostFiles} files"),
        new("请分成几个压缩包", "Split it into several ZIPs"));

    private static PackagedDefinition Refused(string fileName, BilingualText what, BilingualText mend) =>
        new(fileName, null, About(fileName, BilingualText.Sentences(what, mend)));

    private static BilingualText About(string fileName, BilingualText text) =>
        new($"文件“{fileName}”：{text.Zh}", $"The file “{fileName}”: {text.En}");
}
