using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Publishing;
using Consultation.Server.Staging;

namespace Consultation.Server.Sample;

/// <summary>
/// What stands on the pages besides the cases: the pool with its scores, what residents said online, and who wants to
/// come to the next meetings. Everything is made up.
/// </summary>
internal sealed class SampleVisitors(Stage stage, OrganisationSnapshot organisation)
{
    private static readonly (string Problem, MatterScores Scores)[] Scored =
    [
        ("小区停车难", new(4, 5, 4, "同一街道一个月有二十多件，涉及多个小区，晚间占用消防通道。（示例）")),
        ("路口没有红绿灯", new(4, 3, 5, "学校门口，上下学时有危险。（示例）")),
        ("电梯经常停运", new(3, 3, 4, "高层住户多，老人出行受影响。（示例）")),
        ("老年餐桌停办", new(4, 3, 3, "涉及独居老人三十多户，有替代办法可以协商。（示例）")),
        ("垃圾分类站异味", new(3, 2, 2, "一个小区的问题，夏天前解决即可。（示例）")),
    ];

    /// <summary>What residents say, by words of the topic; on other topics nobody has said anything yet.</summary>
    private static readonly (string Topic, string[] Said)[] Opinions =
    [
        ("停车位夜间共享",
        [
            "晚上七点到早上七点开放就够用，白天还给写字楼。（示例）",
            "先拿一栋写字楼试行三个月，再听一次居民意见。（示例）",
            "收费标准和收来的钱怎么用，请贴在小区门口。（示例）",
            "希望留两个无障碍车位，离电梯近一些。（示例）",
        ]),
        ("社区食堂",
        [
            "午饭能不能有软一点、少盐的菜，价格写清楚。（示例）",
            "行动不便的老人希望能送餐到楼门口。（示例）",
            "每月公布一次账目，大家就放心了。（示例）",
        ]),
    ];

    private static readonly string[] Guests = ["林先生（示例）", "高女士（示例）", "马先生（示例）"];

    private OrganisationId Id => organisation.Directory.Organisation.Id;

    /// <summary>They all come today. Answers what the product did not take; nothing.</summary>
    public async Task<IReadOnlyList<string>> ComeAsync(CancellationToken cancellationToken)
    {
        var secretary = organisation.Directory.People.First(person => person.UserName == "secretary").Id;
        var refused = new List<string>();
        var pool = await stage.Rows.PooledAsync(Id, cancellationToken);
        foreach (var (problem, scores) in Scored)
        {
            if (pool.FirstOrDefault(matter => matter.Title.EndsWith(problem, StringComparison.Ordinal)) is not { } one)
            {
                continue;
            }

            if (await stage.Sorting.ActAsync(
                Id, [one.Id], new MatterAct.Score(scores), secretary, Guid.NewGuid().ToString("N"), cancellationToken)
                is SortingResult.Refused { Errors: var errors })
            {
                refused.AddRange(errors.Select(error => $"score: {error.Message.Zh}"));
            }
        }

        foreach (var publication in await stage.Rows.PublishedAsync(Id, cancellationToken))
        {
            refused.AddRange(await SpeakAsync(publication, secretary, cancellationToken));
            refused.AddRange(await SignUpAsync(publication, cancellationToken));
        }

        return refused;
    }

    /// <summary>All but the last are shown, the first has most voices; the last waits for the moderator.</summary>
    private async Task<IEnumerable<string>> SpeakAsync(
        Publication topic, PersonId moderator, CancellationToken cancellationToken)
    {
        var said = Opinions.FirstOrDefault(
            one => topic.Title.Contains(one.Topic, StringComparison.Ordinal)).Said ?? [];
        if (said.Length == 0 || !topic.TakesOpinions(Today)) return [];
        var refused = new List<string>();
        foreach (var text in said)
        {
            refused.AddRange(Wrong(await stage.Voices.WriteAsync(
                Id, topic.Id, text, Visitor(), Guid.NewGuid().ToString("N"), cancellationToken)));
        }

        var written = await stage.Rows.OpinionsAsync(Id, topic.Id, cancellationToken);
        await stage.Voices.DecideAsync(
            Id, [.. written.SkipLast(1)], true, null, moderator, Guid.NewGuid().ToString("N"), cancellationToken);
        for (var voice = 0; voice < said.Length; voice++)
        {
            await stage.Voices.AgreeAsync(Id, written[voice / 2], Visitor(), cancellationToken);
        }

        return refused;
    }

    private async Task<IEnumerable<string>> SignUpAsync(Publication meeting, CancellationToken cancellationToken)
    {
        if (!meeting.TakesSignUps(Today)) return [];
        var refused = new List<string>();
        foreach (var (name, number) in Guests.Select((name, at) => (name, at + 1)))
        {
            refused.AddRange(Wrong(await stage.SignUps.SignUpAsync(new SignUpEntry
            {
                OrganisationId = Id,
                PublicationId = meeting.Id,
                Name = name,
                Email = $"guest{number}@sample.example.org",
                Consented = true,
                OperationId = Guid.NewGuid().ToString("N"),
            }, cancellationToken)));
        }

        return refused;
    }

    private DateOnly Today => organisation.Calendar.DayOf(stage.Clock.Now);

    private static string Visitor() => Guid.NewGuid().ToString("N");

    private static IEnumerable<string> Wrong(VoiceResult result) => result is VoiceResult.Refused { Errors: var errors }
        ? errors.Select(error => $"public: {error.Message.Zh}")
        : [];
}
