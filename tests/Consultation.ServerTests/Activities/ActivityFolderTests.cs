using Consultation.Activities;
using Consultation.Activities.Others;
using Consultation.Engine.BuiltIns;
using Consultation.Engine.Definitions;
using Consultation.Server.FirstStart;

namespace Consultation.ServerTests.Activities;

/// <summary>
/// The folder with activities of others: taken in whole, or refused in words that name the file and what to do.
/// </summary>
public sealed class ActivityFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("consultation-activities-").FullName;

    [Fact]
    public void Without_a_folder_there_are_no_activities_of_others() => Load("").Should().BeEmpty();

    [Fact]
    public void The_sample_is_taken_in_by_its_names()
    {
        File.Copy(SampleFolder.Assembly, Path.Combine(_folder, "Tonghe.Activities.dll"));

        var taken = Load(_folder).Should().ContainSingle().Subject;

        taken.File.Should().Be(Path.Combine(_folder, "Tonghe.Activities.dll"));
        taken.Types.Select(type => type.TypeName).Should().Equal("Tonghe.CheckOrderNumber", "Tonghe.CountOpenTasks");
    }

    [Fact]
    public void An_assembly_may_have_a_folder_of_its_own_with_the_libraries_that_it_needs()
    {
        var library = new MadeAssembly("Own.Library", surface: null).WithClass("Thing");
        var needed = library.Load(library.Save(Path.Combine(_folder, "own")), "Thing");
        new MadeAssembly("Own.Activities").WithActivity("Own.Step", holds: needed).Save(Path.Combine(_folder, "own"));

        Load(_folder).Should().ContainSingle().Which.Types.Should().ContainSingle(type => type.TypeName == "Own.Step");
    }

    [Fact]
    public void What_the_host_has_itself_is_left_alone_where_it_lies_in_the_folder_too()
    {
        foreach (var type in new[] { typeof(ActivitySurface), typeof(ActivityType) })
        {
            File.Copy(type.Assembly.Location, Path.Combine(_folder, Path.GetFileName(type.Assembly.Location)));
        }

        Load(_folder).Should().BeEmpty();
    }

    [Fact]
    public void A_folder_that_is_not_there_is_refused() =>
        Refused(Path.Combine(_folder, "nowhere")).Should().ContainSingle().Which.Should()
            .Contain("nowhere").And.Contain("没有这个文件夹").And.Contain("Activities:Folder");

    [Fact]
    public void An_assembly_for_another_version_of_the_surface_is_refused_with_both_numbers()
    {
        var file = new MadeAssembly("Other.Surface", surface: 99).WithActivity("Other.Step").Save(_folder);

        Refused().Should().ContainSingle().Which.Should().Contain(file).And.Contain("第 99 版")
            .And.Contain($"version {ActivitySurface.Version}");
    }

    [Fact]
    public void An_assembly_that_does_not_say_for_which_surface_it_was_built_is_refused()
    {
        var file = new MadeAssembly("No.Mark", surface: null).WithActivity("No.Mark").Save(_folder);

        Refused().Should().ContainSingle().Which.Should().Contain(file)
            .And.Contain("[assembly: HoldsActivities(ActivitySurface.Version)]");
    }

    [Fact]
    public void An_assembly_that_needs_one_which_is_not_there_is_refused_naming_it()
    {
        var elsewhere = Directory.CreateDirectory(
            Path.Combine(_folder, "..", Path.GetFileName(_folder) + "-elsewhere")).FullName;
        var library = new MadeAssembly("Absent.Library", surface: null).WithClass("Thing");
        var needed = library.Load(library.Save(elsewhere), "Thing");
        var file = new MadeAssembly("Needs.Much").WithActivity("Needs.Step", holds: needed).Save(_folder);

        Refused().Should().ContainSingle().Which.Should().Contain(file).And.Contain("Absent.Library").And.Contain("缺少");
        Directory.Delete(elsewhere, recursive: true);
    }

    [Fact]
    public void An_activity_that_fails_to_describe_itself_is_refused_with_its_own_words()
    {
        var file = new MadeAssembly("Fails.Early").WithFailing("the moon is not full").Save(_folder);

        Refused().Should().ContainSingle().Which.Should().Contain(file).And.Contain("the moon is not full")
            .And.Contain("Fails.Early.Activity");
    }

    [Theory]
    [InlineData("Consultation.Notify")]
    [InlineData("Elsa.Delay")]
    [InlineData("NoPrefix")]
    [InlineData("Own.With space")]
    public void A_name_that_is_not_free_to_others_is_refused(string name)
    {
        new MadeAssembly("Bad.Name").WithActivity(name).Save(_folder);

        Refused().Should().ContainSingle().Which.Should().Contain($"“{name}”不可用")
            .And.Contain("give it a prefix of your own");
    }

    [Fact]
    public void Words_in_one_language_only_are_refused()
    {
        new MadeAssembly("One.Language").WithChineseOnly("One.Language").Save(_folder);

        Refused().Should().ContainSingle().Which.Should().Contain("缺少中文或英文").And.Contain("One.Language");
    }

    [Fact]
    public void One_name_in_two_files_is_refused_naming_both()
    {
        var first = new MadeAssembly("A.First").WithActivity("Twice.Step").Save(_folder);
        var second = new MadeAssembly("B.Second").WithActivity("Twice.Step").Save(_folder);

        Refused().Should().ContainSingle().Which.Should().Contain(first).And.Contain(second).And.Contain("Twice.Step");
    }

    [Fact]
    public void A_file_that_is_no_assembly_is_refused()
    {
        File.WriteAllText(Path.Combine(_folder, "Broken.dll"), "half a download");

        Refused().Should().ContainSingle().Which.Should().Contain("Broken.dll").And.Contain("不是可用的 .NET 程序集");
    }

    [Fact]
    public void A_mark_without_any_activity_is_refused()
    {
        // The class refers to the surface by nothing but the mark.
        new MadeAssembly("Empty.Hands").WithClass("Nothing").Save(_folder);

        Refused().Should().ContainSingle().Which.Should().Contain("其中没有活动").And.Contain("IDescribedActivity");
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_and_the_host_says_it_at_start()
    {
        new MadeAssembly("Other.Surface", surface: 99).WithActivity("Other.Step").Save(_folder);
        new MadeAssembly("Fails.Early").WithFailing("no").Save(_folder);
        File.WriteAllText(Path.Combine(_folder, "Broken.dll"), "half a download");

        var failure = Assert.Throws<ActivityFolderException>(() => Load(_folder));

        failure.Problems.Should().HaveCount(3);
        StartFailure.Explain(failure).Should().StartWith("活动文件夹有误，主机没有启动").And.Contain("Other.Surface.dll")
            .And.Contain("Broken.dll");
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    private static IReadOnlyList<ActivityAssembly> Load(string folder) =>
        ActivityFolder.Load(folder, BuiltInActivities.Types);

    private List<string> Refused(string? folder = null) =>
        [.. Assert.Throws<ActivityFolderException>(() => Load(folder ?? _folder)).Problems.Select(
            problem => problem.ToString())];
}
