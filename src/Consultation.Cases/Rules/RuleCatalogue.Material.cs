using Consultation.Cases.Forms;
using static Consultation.Cases.Forms.FieldMaker;

namespace Consultation.Cases.Rules;

public static partial class RuleCatalogue
{
    private static IEnumerable<RuleKind> Material() =>
    [
        new(RuleKeys.FileKinds, RuleGroup.Material, new("可以上传的文件格式", "Kinds of files that are let in"), new(
            "只收看得懂内容、不会运行的文件；格式按内容判断，不看文件名。",
            "Only files whose content is known and that do not run; the kind is told by the content, not by the name."),
            RuleForm.FileKinds, "jpg, png, webp, pdf, ofd, docx, xlsx, pptx, doc, xls, ppt, txt", "P44 P85–P90"),
        new(RuleKeys.FileKindsPublic, RuleGroup.Material,
            new("群众可以上传的文件格式", "Kinds of files that the public may hand in"), new(
            "群众提交的以照片为主，格式越少越安全。", "The public hands in photos above all; the fewer kinds, the safer."),
            RuleForm.FileKinds, "jpg, png, webp, pdf", "P16 O23"),
        Number(RuleKeys.FileSize, "单个文件最大（MB）", "Largest file (MB)", 50, 1, 500, "P44",
            "会议照片和扫描件一般不超过这个大小。", "Photos and scans of a meeting are rarely larger."),
        Number(RuleKeys.FileSizePublic, "群众上传单个文件最大（MB）", "Largest file of the public (MB)", 10, 1, 100, "P16",
            "一张手机照片一般 3–8 MB。", "A photo of a telephone takes 3 to 8 MB."),
        Number(RuleKeys.FileCount, "一份表单最多附几个文件", "Files of one form", 20, 1, 100, "P44",
            "太多了看不过来；可以分次提交。", "More are not looked at; further ones can be added later."),
        Number(RuleKeys.FileCountPublic, "群众一次最多附几个文件", "Files of one public form", 3, 1, 20, "P16",
            "几张照片就能说明问题。", "A few photos say what is wrong."),
        Number(RuleKeys.FileQuota, "全部材料最多占用（MB）", "Space for all files (MB)", 10240, 100, 10_000_000, "O23",
            "存储空间有限；快满时请清理到期材料，或请管理员扩大。",
            "Space is limited; when it runs short, remove what is due or let an administrator widen it."),
        Number(RuleKeys.KeepPersonal, "涉及个人信息的材料保存天数", "Days for which personal data are kept", 365, 1, 36500,
            "O23", "居民、未成年人的照片和资料只留到用完为止。",
            "Photos and data of residents, children above all, stay only as long as they are needed."),
        Number(RuleKeys.KeepOrdinary, "一般材料保存天数", "Days for which ordinary material is kept", 3650, 1, 36500, "O23",
            "参照文书档案定期 10 年。", "As official papers are kept for ten years."),
        Number(RuleKeys.KeepLasting, "归档材料保存天数", "Days for which archive material is kept", 10950, 1, 36500, "O23 P85",
            "参照文书档案定期 30 年。", "As official papers are kept for thirty years."),
        new(RuleKeys.ArchiveOfPlan, RuleGroup.Material, new("协商计划的归档清单", "Archive list of a plan"), new(
            "方案的清单到“实施方案”为止，其余为产品默认；少一项时归档包和协商事项页面会指出。",
            "The plan's list breaks off after the implementation plan; the case's page and its package name what is "
                + "missing."),
            RuleForm.ArchiveItems,
            "notice, agenda, record, minutes, plan, roster, resolution, reports, evaluation, media", "P85–P90 O1"),
        new(RuleKeys.ArchiveOfCase, RuleGroup.Material,
            new("协商事项（六步工作法）的归档清单", "Archive list of a case of six steps"), new(
            "原文要求专人整理报送协商记录，没有列出归档材料。",
            "The text asks that the records be kept and reported and does not list them."),
            RuleForm.ArchiveItems,
            "topic, notice, agenda, record, roster, resolution, submission, tracking", "Q81 O25"),
        new(RuleKeys.BehalfScan, RuleGroup.Material, new("代为登记的答复须附扫描件", "Scan of an answer entered on behalf"), new(
            "书面答复由秘书代为登记时，附上签字的原件扫描或照片，日后查得到依据。",
            "Where the secretary enters what somebody wrote on paper, the signed paper is what it rests on."),
            RuleForm.Choice, FormValues.No, "O17")
        {
            Options = [Option(FormValues.Yes, "必须附", "Required"), Option(FormValues.No, "可以附", "Welcome")],
        },
    ];

    private static RuleKind Number(
        string key, string zh, string en, int value, int least, int most, string rows, string whyZh, string whyEn) =>
        new(key, RuleGroup.Material, new(zh, en), new(whyZh, whyEn), RuleForm.Number,
            value.ToString(System.Globalization.CultureInfo.InvariantCulture), rows)
        {
            Bounds = (least, most),
        };
}
