using Consultation.Cases.Rules;

namespace Consultation.Cases.Attachments;

/// <summary>A file as it is about to be handed in.</summary>
public sealed record UploadEntry
{
    public required OrganisationId OrganisationId { get; init; }
    public required AttachmentDoor Door { get; init; }

    /// <summary>Its name as it came.</summary>
    public required string Name { get; init; }

    /// <summary>Its length in bytes.</summary>
    public required long Length { get; init; }
    public PersonId? ById { get; init; }

    /// <summary>The task whose answer it is to come with.</summary>
    public TaskId? TaskId { get; init; }
}

/// <summary>What may be handed in, how much of it, and by whom it may be taken away.</summary>
public static class AttachmentRules
{
    /// <summary>Most characters of what is said of a file.</summary>
    public const int LongestCaption = 200, LongestGiver = 100, LongestReason = 500;

    private const long Megabyte = 1024 * 1024;

    /// <summary>After this a file that was never attached is removed.</summary>
    public static readonly TimeSpan KeepLooseFor = TimeSpan.FromDays(1);

    /// <summary>The kinds that a door lets in.</summary>
    public static IReadOnlyList<FileKind> Kinds(RuleSet rules, AttachmentDoor door) =>
        FileKinds.Read(rules[door == AttachmentDoor.Public ? RuleKeys.FileKindsPublic : RuleKeys.FileKinds]) ?? [];

    /// <summary>Most bytes of a file at a door.</summary>
    public static long MostBytes(RuleSet rules, AttachmentDoor door) =>
        rules.Number(door == AttachmentDoor.Public ? RuleKeys.FileSizePublic : RuleKeys.FileSize) * Megabyte;

    /// <summary>Most files of a form at a door.</summary>
    public static int MostFiles(RuleSet rules, AttachmentDoor door) =>
        rules.Number(door == AttachmentDoor.Public ? RuleKeys.FileCountPublic : RuleKeys.FileCount);

    /// <summary>Most bytes of all files of the organisation.</summary>
    public static long Quota(RuleSet rules) => rules.Number(RuleKeys.FileQuota) * Megabyte;

    /// <summary>Why a file cannot even be begun, and what to do about it; null when it can.</summary>
    /// <param name="rules">The organisation's rules.</param>
    /// <param name="entry">The file.</param>
    /// <param name="used">Bytes that the organisation's files take already, those that arrive included.</param>
    public static LocalText? WhyNot(RuleSet rules, UploadEntry entry, long used)
    {
        var name = FileNames.Clean(entry.Name);
        if (entry.Length <= 0)
        {
            return new($"“{name}”是空的（0 字节），请重新选择。", $"“{name}” is empty (0 bytes); choose it again.");
        }

        var most = MostBytes(rules, entry.Door);
        if (entry.Length > most) return TooLarge(name, entry.Length, most);
        var kinds = Kinds(rules, entry.Door);
        if (Path.GetExtension(name).Length > 1 && FileKinds.OfName(name) is var said
            && (said is null || !kinds.Contains(said)))
        {
            return new(
                HeicHint(name)?.Zh ?? $"“{name}”：不能上传这种文件。可以上传：{ContentInspection.Names(kinds, "zh")}。",
                HeicHint(name)?.En ?? $"“{name}”: this kind of file is not let in. Let in are: "
                    + $"{ContentInspection.Names(kinds, "en")}.");
        }

        return used + entry.Length > Quota(rules)
            ? new(
                $"单位的材料空间已用 {Attachment.Megabytes(used)}，放不下“{name}”。请联系管理员清理到期材料或扩大空间。",
                $"The organisation's files take {Attachment.Megabytes(used)} already, and there is no room for "
                    + $"“{name}”. Ask an administrator to remove what is due or to widen the space.")
            : null;
    }

    /// <summary>What is said of a file that is larger than it may be.</summary>
    public static LocalText TooLarge(string name, long length, long most) => new(
        $"“{FileNames.Clean(name)}”有 {Attachment.Megabytes(length)}，最大 {Attachment.Megabytes(most)}。请缩小或分开后再上传。",
        $"“{FileNames.Clean(name)}” has {Attachment.Megabytes(length)}; at most {Attachment.Megabytes(most)} are let "
            + "in. Make it smaller or split it.");

    /// <summary>A refusal with the name of the file that it is about.</summary>
    public static LocalText About(string name, LocalText why) =>
        new($"“{name}”：{why.Zh}", $"“{name}”: {why.For("en")}");

    /// <summary>What is said of more files than a form takes.</summary>
    public static LocalText TooMany(int most) => new(
        $"最多附 {most} 个文件，请去掉一些。", $"At most {most} files are taken; leave some out.");

    /// <summary>What is said of a text that is too long.</summary>
    public static LocalText TooLong(int most) => new($"最多 {most} 个字，请写短一些。", $"At most {most} characters.");

    /// <summary>What is said when no class of retention was chosen.</summary>
    public static readonly LocalText NoClass = new("请选择保存期限。", "Choose how long it is kept.");

    /// <summary>What is said when the scan of an answer on paper is missing.</summary>
    public static readonly LocalText NoScan = new(
        "请附上签字答复的扫描件或照片。", "Add a scan or a photo of the signed answer.");

    /// <summary>What is said when nobody may add files here.</summary>
    public static readonly LocalText MayNotAdd = new(
        "您不能在这里添加材料，请联系秘书。", "You may not add files here; ask the secretary.");

    /// <summary>What is said when a kept picture turns out to be damaged.</summary>
    public static readonly LocalText Damaged = new(
        "图片已损坏，打不开。请重新拍摄或另存后再上传。", "The picture is damaged and cannot be opened; save or take it again.");

    /// <summary>What is said of a file in which a virus was found.</summary>
    public static LocalText Infected(string found) => new(
        $"检查发现病毒（{found}），文件已删除。请检查您的设备。",
        $"A virus was found ({found}); the file was deleted. Please check your device.");

    /// <summary>What is said of a file whose check failed each time.</summary>
    public static readonly LocalText Uncheckable = new(
        "多次检查都没有成功，文件已删除。请另存一份后再上传。",
        "It could not be checked, although it was tried several times, and was deleted. Save it anew and upload it.");

    /// <summary>What is said of a file that could not be shown as PDF.</summary>
    public static readonly LocalText NoPreview = new(
        "没能生成预览，请下载查看。", "No preview could be made; save the file to look at it.");

    /// <summary>The file as it begins, with the ticket for it.</summary>
    public static Attachment Begin(UploadEntry entry, UploadTicket ticket, DateTimeOffset now)
    {
        var name = FileNames.Clean(entry.Name);
        return new()
        {
            OrganisationId = entry.OrganisationId,
            Id = ticket.Id,
            Name = name,
            Kind = FileKinds.OfName(name)?.Key ?? "",
            Announced = entry.Length,
            Door = entry.Door,
            ById = entry.ById,
            TaskId = entry.TaskId,
            KeyHash = ticket.Hash,
            StartedAt = now,
            ContentId = ticket.Id.Value,
        };
    }

    private static LocalText? HeicHint(string name) =>
        Path.GetExtension(name).ToLowerInvariant() is ".heic" or ".heif"
            ? new($"“{name}”：HEIC 照片多数电脑打不开。请在手机“设置 › 相机 › 格式”中选“兼容性最佳”，或另存为 JPEG 后再上传。",
                $"“{name}”: most computers cannot open HEIC photos. Choose “Most Compatible” under Settings › Camera › "
                    + "Formats, or save it as JPEG.")
            : null;
}
