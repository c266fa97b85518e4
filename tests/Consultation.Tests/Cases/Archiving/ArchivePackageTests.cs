using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Consultation.Cases;
using Consultation.Cases.Archiving;
using Consultation.Cases.Documents;
using Consultation.Cases.Forms;
using Consultation.Cases.Rules;

namespace Consultation.Tests.Cases.Archiving;

/// <summary>A package says by itself whether it is as it was made (O25).</summary>
public sealed class ArchivePackageTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_was_made_is_found_whole()
    {
        var found = await LookAsync(await PackAsync());

        found.Faults.Should().BeEmpty();
        found.Manifest!.Parts.Select(part => part.Path).Should().Equal(
            "documents/001-会议纪要.docx", "documents/002-决议.docx", "files/照片.jpg", "files/照片-2.jpg", "data/case.json",
            "README.txt");
        found.Manifest.Head.Gaps.Should().ContainSingle().Which.Zh.Should().Be("影像资料");
    }

    [Theory]
    [InlineData("documents/001-会议纪要.docx")]
    [InlineData("documents/002-决议.docx")]
    [InlineData("files/照片-2.jpg")]
    [InlineData("data/case.json")]
    [InlineData("README.txt")]
    public async Task One_changed_byte_is_named(string path)
    {
        var package = await ChangedAsync(entries =>
        {
            entries[path] = [.. entries[path]];
            entries[path][^1] ^= 1;
        });

        (await LookAsync(package)).Faults.Should().ContainSingle().Which.Zh.Should().Be($"文件被改动过：{path}");
    }

    [Fact]
    public async Task A_missing_file_is_named() =>
        (await LookAsync(await ChangedAsync(entries => entries.Remove("documents/002-决议.docx"))))
            .Faults.Should().ContainSingle().Which.Zh.Should().Be("缺少文件：documents/002-决议.docx");

    [Fact]
    public async Task One_file_more_is_named() =>
        (await LookAsync(await ChangedAsync(entries => entries["documents/补充.docx"] = [1])))
            .Faults.Should().ContainSingle().Which.Zh.Should().Be("多出文件：documents/补充.docx");

    [Theory]
    [InlineData("parts", 0)]
    [InlineData("parts", 2)]
    [InlineData("parts", 4)]
    public async Task A_reordered_list_is_named_from_where_it_breaks(string list, int at)
    {
        var package = await ListChangedAsync(manifest =>
        {
            var parts = manifest[list]!.AsArray();
            var moved = parts[at]!.DeepClone();
            parts.RemoveAt(at);
            parts.Insert(at + 1, moved);
        });

        (await LookAsync(package)).Faults.Should().ContainSingle()
            .Which.Zh.Should().Contain(at == 0 ? "第 1 项" : $"第 {at + 1} 项");
    }

    [Theory]
    [InlineData("title")]
    [InlineData("reference")]
    [InlineData("sha256")]
    [InlineData("keepUntil")]
    public async Task What_the_list_says_of_a_file_cannot_be_changed(string field)
    {
        var package = await ListChangedAsync(manifest => manifest["parts"]![1]![field] = field switch
        {
            "title" => new JsonObject { ["zh"] = "别的决议" },
            "keepUntil" => "2027-01-01",
            _ => "00",
        });

        (await LookAsync(package)).Faults.Select(fault => fault.Zh).Should().Contain(fault => fault.Contains("第 2 项"));
    }

    [Theory]
    [InlineData("caseTitle")]
    [InlineData("madeBy")]
    public async Task The_head_cannot_be_changed(string field)
    {
        var package = await ListChangedAsync(manifest => manifest["head"]![field] = "别的");

        (await LookAsync(package)).Faults.Should().ContainSingle().Which.Zh.Should().Contain("清单的开头");
    }

    [Fact]
    public async Task A_list_cut_short_is_named()
    {
        var package = await ListChangedAsync(manifest => manifest["parts"]!.AsArray().RemoveAt(5));

        (await LookAsync(package)).Faults.Select(fault => fault.Zh).Should()
            .BeEquivalentTo("清单的封印与内容不符", "多出文件：README.txt");
    }

    [Theory]
    [InlineData("")]
    [InlineData("PK, not a zip")]
    public async Task What_is_no_package_is_said_to_be_none(string bytes) =>
        (await LookAsync(Encoding.UTF8.GetBytes(bytes))).Faults.Should().ContainSingle()
            .Which.Zh.Should().StartWith("归档包无法读取");

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"format\":\"other\"}")]
    public async Task A_damaged_list_is_said_to_be_one(string manifest)
    {
        var package = await ChangedAsync(
            entries => entries[ArchiveManifest.FileName] = Encoding.UTF8.GetBytes(manifest));

        (await LookAsync(package)).Should().Match<ArchiveFindings>(
            found => found.Manifest == null && found.Faults.Count == 1);
    }

    [Fact]
    public async Task Any_byte_of_the_file_that_is_turned_over_is_noticed_or_means_nothing()
    {
        var package = await PackAsync();
        var silent = new List<int>();
        for (var at = 0; at < package.Length; at++)
        {
            var changed = (byte[])package.Clone();
            changed[at] ^= 0x10;
            if ((await LookAsync(changed)).Faults.Count == 0) silent.Add(at);
        }

        // Times, versions and attributes of the container say nothing about what is in it.
        silent.Count.Should().BeLessThan(package.Length / 5);
    }

    [Fact]
    public void What_is_missing_is_worked_out_from_what_is_filed()
    {
        var items = ArchiveList.Of(CaseKind.TenWeekPlan, RuleSet.Defaults);
        var standing = ArchiveList.StandingOf(
            items,
            [(DocumentKeys.Notice, new("会议通知")), (DocumentKeys.Roster, new("名单")), (FormKeys.Minutes, new("纪要"))], []);

        standing.Where(item => item.IsComplete).Select(item => item.Item.Key).Should().Equal("notice", "minutes");
        standing.Single(item => item.Item.Key == "roster").Missing.Should().ContainSingle()
            .Which.Zh.Should().Be("会议签到表");
        ArchiveList.Of(CaseKind.SixStep, RuleSet.Defaults).Should().NotContain(item => item.Key == "evaluation");
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("notice, unknown", false)]
    [InlineData("minutes，notice、minutes", true)]
    public void The_rule_names_known_items(string value, bool isRight) =>
        (RuleCatalogue.Check(RuleCatalogue.Find(RuleKeys.ArchiveOfPlan)!, value) is null).Should().Be(isRight);

    private static async Task<byte[]> PackAsync()
    {
        using var package = new MemoryStream();
        var head = new ArchiveHead
        {
            Organisation = "某区政协",
            CaseNumber = "XS2026-0001",
            CaseTitle = "河畔步道夜间照明",
            Kind = "TenWeekPlan",
            Opened = Now.AddDays(-70),
            MadeAt = Now,
            MadeBy = "王秘书",
            Gaps = [new("影像资料", "Media")],
        };
        await using (var writer = new ArchiveWriter(package, head))
        {
            foreach (var (path, kind) in new[]
                {
                    ("documents/001-会议纪要.docx", "minutes"), ("documents/002-决议.docx", "resolution"),
                    ("files/照片.jpg", "file"), ("files/照片.jpg", "file"),
                })
            {
                var part = new ArchivePart
                {
                    Number = 0,
                    Path = path,
                    Title = new(path),
                    Kind = kind,
                    Reference = "1号",
                };
                await writer.AddAsync(part, new MemoryStream(Encoding.UTF8.GetBytes($"{path} {kind}")), default);
            }

            await writer.AddAsync(ArchiveData.Case, new { Number = "XS2026-0001" }, default);
            await writer.CloseAsync(default);
        }

        return package.ToArray();
    }

    private static async Task<byte[]> ListChangedAsync(Action<JsonNode> change) =>
        await ChangedAsync(entries =>
        {
            var manifest = JsonNode.Parse(entries[ArchiveManifest.FileName])!;
            change(manifest);
            entries[ArchiveManifest.FileName] = Encoding.UTF8.GetBytes(manifest.ToJsonString());
        });

    /// <summary>The package written anew with some of its files changed, in order, as somebody skilled would.</summary>
    private static async Task<byte[]> ChangedAsync(Action<Dictionary<string, byte[]>> change)
    {
        var entries = new Dictionary<string, byte[]>();
        using (var zip = new ZipArchive(new MemoryStream(await PackAsync())))
        {
            foreach (var entry in zip.Entries)
            {
                using var content = new MemoryStream();
                await using var bytes = entry.Open();
                await bytes.CopyToAsync(content);
                entries[entry.FullName] = content.ToArray();
            }
        }

        change(entries);
        using var changed = new MemoryStream();
        using (var zip = new ZipArchive(changed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, bytes) in entries)
            {
                await using var entry = zip.CreateEntry(path).Open();
                await entry.WriteAsync(bytes);
            }
        }

        return changed.ToArray();
    }

    private static async Task<ArchiveFindings> LookAsync(byte[] package) =>
        await ArchiveCheck.LookAsync(new MemoryStream(package), default);
}
