using System.Text;
using Consultation.Cases;
using Consultation.Cases.Meetings;
using Consultation.Cases.Publishing;
using Consultation.Cases.Topics;
using Consultation.Cases.TrackedItems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Publishing;

/// <summary>
/// Names, phones, mail addresses and flats are planted in every text of matters, cases, people, meetings, topics,
/// tracked items, opinions, sign-ups and what of publications is not public. No public answer holds one of them (O23).
/// </summary>
public sealed class PersonalMarkerTests(PublishedDesk desk) : IClassFixture<PublishedDesk>
{
    /// <summary>Texts that are names of things for the program, or that the public page shows on purpose.</summary>
    private static readonly HashSet<string> NoWords =
    [
        "UserName", "PasswordHash", "SecurityStamp", "Language", "InstanceId", "DefinitionId", "Step", "Fingerprint",
        "Visitor", "FollowSecretHash", "Number", "OrderNumber", "DueTold", "RefusedWhy", "Setting", "LastHash",
        "StepName",
    ];

    /// <summary>
    /// Other addresses that ask for no sign-in, with keys that open nothing, or cut off before the key.
    /// </summary>
    private static readonly string[] ByNobody =
    [
        "/p/sample/thanks", "/p/sample/reply", "/p/sample/reply?n=SX2026-000001&k=aaaaaaaa",
        "/p/sample/s/aaaaaa", "/p/sample/survey-thanks", "/p/sample/h/aaaaaa",
        "/digest/leave/aaaaaa", "/endpoints/nothing", "/feed/aaaaaa.ics",
        "/health/live", "/health/ready", "/m/aaaaaa", "/n", "/n/aaaaaa", $"/n/aaaaaa/files/{Guid.Empty}", "/t",
        "/t/aaaaaa", "/t/aaaaaa/calendar", $"/t/aaaaaa/documents/{Guid.Empty}",
        $"/t/aaaaaa/documents/{Guid.Empty}/read",
        $"/t/aaaaaa/files/{Guid.Empty}/content", "/link", "/link/aaaaaa", "/link/aaaaaa/calendar",
        $"/uploads/{Guid.Empty}/aaaaaa",
    ];

    /// <summary>
    /// Public, and without words of this host's database: pictures and scripts, the designer, machines' doors.
    /// </summary>
    private static readonly string[] WithoutWords = ["/assets", "/elsa", "/_", "/metrics"];

    private readonly List<string> _markers = [];

    [Fact]
    public async Task Two_hundred_planted_markers_are_in_no_public_answer()
    {
        await desk.SecondAsync();
        await AddAsync();
        await PlantAsync();
        _markers.Count.Should().BeGreaterThanOrEqualTo(200);

        var seen = await EverythingPublicAsync();

        seen.Should().Contain(answer => answer.Text.Contains("请大家说说怎么装"), "the walk reaches what is published");
        seen.Should().Contain(answer => answer.Text.Contains("公开的承诺"));
        string.Join(' ', Unvisited(seen.Select(answer => answer.Address))).Should().BeEmpty(
            "every route that asks for no sign-in is looked at: add an address for it");
        foreach (var (address, text) in seen)
        {
            _markers.Where(marker => text.Contains(marker, StringComparison.Ordinal)).Should().BeEmpty(address);
        }
    }

    /// <summary>Routes that anybody may read and that no visited address belongs to.</summary>
    private List<string> Unvisited(IEnumerable<string> addresses)
    {
        var visited = addresses.Where(address => address.StartsWith('/')).Select(address => address.Split('?')[0])
            .Distinct().ToList();
        return [.. desk.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<IAllowAnonymous>() is not null
                && route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") != false)
            .Select(route => "/" + route.RoutePattern.RawText!.TrimStart('/'))
            .Where(route => !WithoutWords.Any(prefix => route.StartsWith(prefix, StringComparison.Ordinal)))
            .Distinct().Where(route => !visited.Exists(address => new TemplateMatcher(
                TemplateParser.Parse(route), []).TryMatch(address, [])))
            .Order(StringComparer.Ordinal)];
    }

    private async Task PlantAsync()
    {
        await using var db = desk.Open();
        await PlantAsync(db.Matters);
        await PlantAsync(db.People);
        await PlantAsync(db.Cases);
        await PlantAsync(db.Meetings);
        await PlantAsync(db.Topics);
        await PlantAsync(db.TrackedItems);
        await PlantAsync(db.Set<Opinion>().Where(one => one.State != OpinionState.Shown));
        await PlantAsync(db.Set<SignUp>());
        foreach (var record in await db.Records.ToListAsync())
        {
            db.Entry(record).Property(one => one.Fields).CurrentValue = new() { ["text"] = Next() };
        }

        foreach (var file in await db.Cases.ToListAsync()) file.Outcome = new(Next(), Next());
        foreach (var one in await db.Set<Publication>().ToListAsync())
        {
            one.Texts = [.. one.Texts.Select(
                text => text.Level == FieldLevel.Public ? text : text with { Text = Next() })];
            one.WithdrawnWhy = Next();
            one.Pending = new(
                new() { ["title"] = Next(), ["summary"] = Next() }, Guid.NewGuid(), TimeProvider.System.GetUtcNow());
            if (one.State != PublicationState.Withdrawn) continue;
            (one.Title, one.Summary, one.Question) = (Next(), Next(), Next());
        }

        await db.SaveChangesAsync();
    }

    private async Task PlantAsync<T>(IQueryable<T> rows)
        where T : class
    {
        foreach (var row in await rows.AsTracking().ToListAsync())
        {
            foreach (var property in typeof(T).GetProperties().Where(property =>
                property.PropertyType == typeof(string)
                && property.SetMethod is not null && !NoWords.Contains(property.Name)))
            {
                property.SetValue(row, Next());
            }
        }
    }

    /// <summary>A name, a phone, an address and a flat, none of which stands anywhere else.</summary>
    private string Next()
    {
        var number = _markers.Count;
        _markers.Add((number % 4) switch
        {
            0 => $"隐私人{number:D4}",
            1 => $"1390000{number:D4}",
            2 => $"hidden{number:D4}@private.example",
            _ => $"{number}号楼9单元{number:D4}室",
        });
        return _markers[^1];
    }

    /// <summary>Beside the topic a meeting, a result and a withdrawn one, an item, an opinion, a sign-up.</summary>
    private async Task AddAsync()
    {
        await using var db = desk.Open();
        var (now, organisation) = (TimeProvider.System.GetUtcNow(), desk.Organisation);
        var by = (await db.People.FirstAsync(one => one.UserName == "secretary")).Id;
        var meeting = new Meeting
        {
            OrganisationId = organisation,
            Id = MeetingId.New(),
            Title = "会议",
            Place = "地点",
            On = DateOnly.FromDateTime(now.UtcDateTime.AddDays(5)),
            From = new(14, 0),
            To = new(16, 0),
            OrganiserId = by,
            PlannedAt = now,
        };
        var item = new TrackedItem
        {
            OrganisationId = organisation,
            Id = TrackedItemId.New(),
            CaseId = desk.CaseId,
            Number = 9001,
            Year = 2026,
            Topic = "议题",
            Advice = "建议",
            DueOn = new DateOnly(2020, 1, 1),
            State = TrackedItemState.InProgress,
            OpenedAt = now,
        };
        db.AddRange(meeting, item);
        var places = Publish(PublicationKind.Meeting, "步道照明协商会", meeting.Id);
        places.Places = 3;
        var result = Publish(PublicationKind.Result, "步道照明结果", null);
        result.Promises = [new(item.Id.Value, "公开的承诺：装六十盏灯")];
        Publish(PublicationKind.Result, "撤下的结果", null).State = PublicationState.Withdrawn;
        db.Add(new Opinion
        {
            OrganisationId = organisation,
            Id = OpinionId.New(),
            PublicationId = desk.Topic,
            CaseId = desk.CaseId,
            Number = "YJ2026-900001",
            Text = "等待审核",
            Fingerprint = "x",
            Visitor = "x",
            FollowSecretHash = "x",
            WrittenAt = now,
        });
        db.Add(new SignUp
        {
            OrganisationId = organisation,
            Id = SignUpId.New(),
            PublicationId = places.Id,
            CaseId = desk.CaseId,
            Number = "BM2026-900001",
            FollowSecretHash = "x",
            At = now,
        });
        if (!await db.Topics.AnyAsync(one => one.CaseId == desk.CaseId))
        {
            db.Add(new Topic
            {
                OrganisationId = organisation,
                Id = Guid.NewGuid(),
                CaseId = desk.CaseId,
                Title = "议题",
                DraftedById = by,
                DraftedAt = now,
            });
        }

        await db.SaveChangesAsync();

        Publication Publish(PublicationKind kind, string title, MeetingId? of) => db.Add(new Publication
        {
            OrganisationId = organisation,
            Id = PublicationId.New(),
            CaseId = desk.CaseId,
            Kind = kind,
            MeetingId = of,
            Title = title,
            Texts =
            [
                new(kind == PublicationKind.Meeting ? "place" : "asked", "公开的文字", FieldLevel.Public),
                new(kind == PublicationKind.Meeting ? "remark" : "advised", "参与人的文字", FieldLevel.Participants),
                new(kind == PublicationKind.Meeting ? "agenda" : "done", "组织方的文字", FieldLevel.Organisers),
            ],
            FirstAt = now,
            PublishedAt = now,
            ChangedAt = now,
            ById = by,
        }).Entity;
    }

    /// <summary>Every page that public links lead to, feeds, wrong codes, errors; headers included.</summary>
    private async Task<IReadOnlyList<(string Address, string Text)>> EverythingPublicAsync()
    {
        using var browser = desk.Browser();
        var seen = new Dictionary<string, string>();
        var waiting = new Queue<string>(
        [
            "/", "/p/sample", "/?lang=en", "/p/sample/list/asked", "/p/sample/list/prepared", "/p/sample/list/ahead",
            "/p/sample/list/results", "/p/sample/list/results?page=2", "/p/sample/list/nothing", "/p/sample/feed.atom",
            "/p/sample/feed.atom?kind=results", "/p/sample/meetings.ics", "/p/sample/follow", "/p/sample/new",
            "/p/sample/follow?n=SX2026-000001&s=aaaaaaaa", "/p/sample/follow?n=YJ2026-900001&s=aaaaaaaa",
            "/p/sample/follow?n=BM2026-900001&s=aaaaaaaa", "/p/nowhere", "/errors/404", "/errors/500", "/about",
            $"/p/sample/x/{Guid.NewGuid():N}", "/publishing", "/opinions", $"/cases/{desk.CaseId}/publish/topic",
            $"/publishing/{desk.Topic.Value:N}", "/sign-in", "/health", .. ByNobody,
        ]);
        while (waiting.TryDequeue(out var address))
        {
            if (seen.ContainsKey(address)) continue;
            using var answer = await browser.Client.GetAsync(address);
            var text = new StringBuilder(System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
            foreach (var header in answer.Headers.Concat(answer.Content.Headers))
            {
                text.Append('\n').Append(header.Key).Append(": ").AppendJoin(", ", header.Value);
            }

            // Calendar files fold long lines.
            seen[address] = text.ToString().Replace("\r\n ", "", StringComparison.Ordinal);
            if (answer.Content.Headers.ContentType?.MediaType != "text/html") continue;
            await browser.GetAsync(address);
            foreach (var link in browser.Page.QuerySelectorAll("a[href], link[href]"))
            {
                var to = link.GetAttribute("href")!.Split('#')[0];
                if (to.StartsWith('/') && !to.StartsWith("/assets", StringComparison.Ordinal)) waiting.Enqueue(to);
            }
        }

        await browser.GetAsync("/p/sample/follow");
        await browser.PostAsync("follow", new() { ["n"] = "SX2026-000001", ["s"] = "00000000" });
        seen["POST follow"] = browser.Page.DocumentElement.OuterHtml;
        return [.. seen.Select(pair => (pair.Key, pair.Value))];
    }
}
