using Consultation.Cases.Forms;
using Consultation.Cases.History;

namespace Consultation.Cases.Publishing;

/// <summary>
/// Publishes, corrects and withdraws; the only place that does. Pure but for the case file, which writes it with
/// whatever step or edit asked for it.
/// </summary>
public static class PublicationRules
{
    /// <summary>No reason for withdrawing is longer.</summary>
    public const int LongestReason = 500;

    /// <summary>Ends the key of the field that says who reads another one.</summary>
    public const string LevelSuffix = "-level";

    private static readonly LocalText Restricted = new(
        "限制查看的事项不能公开。", "A restricted case cannot be published.");

    /// <summary>The form by which a kind is published.</summary>
    public static string FormOf(PublicationKind kind) => kind switch
    {
        PublicationKind.Meeting => FormKeys.PublishMeeting,
        PublicationKind.Result => FormKeys.PublishResult,
        _ => FormKeys.PublishTopic,
    };

    /// <summary>Why nothing of the case can be published now; null when it can.</summary>
    public static LocalText? WhyNot(CaseFile file, PublicationKind kind) => (file.Case, kind) switch
    {
        ({ Restricted: true }, _) => Restricted,
        (_, PublicationKind.Meeting) when file.Meeting is null =>
            new("还没有安排会议，没有可以公开的会议信息。", "No meeting is planned, so there is none to publish."),
        _ => null,
    };

    /// <summary>The publication of a kind, withdrawn or not; of meetings, the one of the meeting ahead.</summary>
    public static Publication? Find(CaseFile file, PublicationKind kind) =>
        file.Publications.Find(one => one.Kind == kind
            && (kind != PublicationKind.Meeting || one.MeetingId == file.Meeting?.Id));

    /// <summary>What is wrong with an entry, field by field.</summary>
    public static IReadOnlyList<FieldError> Check(
        CaseFile file, PublicationKind kind, IReadOnlyDictionary<string, string> fields, DateTimeOffset now)
    {
        if (WhyNot(file, kind) is { } why) return [new("", why)];
        var errors = new List<FieldError>();
        var names = NamesOf(file);
        foreach (var field in FormCatalogue.Find(FormOf(kind))!.Fields)
        {
            if (field.Kind is FieldKind.Line or FieldKind.Text) Look(field.Key, fields.Text(field.Key));
            if (field.Kind != FieldKind.Rows) continue;
            foreach (var (row, index) in fields.RowsOf(field.Key).Select((row, index) => (row, index)))
            {
                Look($"{field.Key}[{index}].text", row.Text("text"));
            }
        }

        var today = file.Calendar.DayOf(now);
        if (fields.Day("consult-until") is { } until && (until < today || until > today.AddDays(LongestConsultation)))
        {
            errors.Add(new("consult-until", new(
                $"截止日期应在今天至{LongestConsultation}天以内。",
                $"The last day lies between today and {LongestConsultation} days from now.")));
        }

        if (fields.Day("sign-up-until") is { } last && (last < today || last > file.Meeting?.On))
        {
            errors.Add(new("sign-up-until", new(
                "报名截止日期应在今天至会议当天之间。", "The last day for signing up lies between today and the meeting.")));
        }

        return errors;

        void Look(string key, string text)
        {
            if (PersonalWords.Find(text, names) is not { } found) return;
            errors.Add(new(key, new(
                $"“{found}”可能是个人信息（姓名、电话、证件号、邮箱或门牌号），请改写或删去后再公开。",
                $"“{found}” looks personal (a name, phone, identity number, mail address or flat). Reword it or take "
                    + "it out before publishing.")));
        }
    }

    /// <summary>No online consultation is longer, in days.</summary>
    public const int LongestConsultation = 180;

    /// <summary>
    /// Publishes what was entered, anew or as a further version of what is there. A caller's mistake for a restricted
    /// case: it is asked of <see cref="Check"/> before.
    /// </summary>
    public static Publication Publish(
        CaseFile file, PublicationKind kind, IReadOnlyDictionary<string, string> fields, PersonId by, PersonId? second,
        DateTimeOffset now)
    {
        if (WhyNot(file, kind) is { } why) throw new InvalidOperationException(why.For("en"));
        var form = FormCatalogue.Find(FormOf(kind))!;
        fields = form.Asked(fields);
        var known = Find(file, kind) ?? Begin(file, kind, by, now);
        known.Version++;
        (known.Title, known.State, known.PublishedAt) = (fields.Text("title"), PublicationState.Published, now);
        (known.ById, known.SecondId, known.WithdrawnWhy, known.Pending) = (by, second, null, null);
        known.Texts =
        [
            .. form.Fields.Where(field => form.Find(field.Key + LevelSuffix) is not null
                && fields.Text(field.Key).Length > 0)
                .Select(field => new PublishedText(
                    field.Key, fields.Text(field.Key), LevelOf(fields.Text(field.Key + LevelSuffix)))),
        ];
        known.Promises =
        [
            .. fields.RowsOf("promises")
                .Select(row => (Item: file.Items.Find(item => $"{item.Number}" == row.Text("number")),
                    Text: row.Text("text")))
                .Where(row => row.Item is not null && row.Text.Length > 0)
                .Select(row => new PublishedPromise(row.Item!.Id.Value, row.Text)),
        ];
        var consults = fields.IsYes("consult");
        if (known.SummarisedAt is null)
        {
            known.Question = consults ? fields.Text("question") : null;
            known.ConsultUntil = consults ? fields.Day("consult-until") : null;
        }

        var signsUp = fields.IsYes("sign-up");
        known.Places = signsUp ? fields.Number("places") ?? 0 : 0;
        known.SignUpUntil = signsUp ? fields.Day("sign-up-until") : null;
        known.Touch(now);
        var act = known.Version == 1 ? PublicationAct.Published : PublicationAct.Corrected;
        Note(file, known, act, by, second, null, now);
        return known;
    }

    /// <summary>Keeps what was entered until a second person agrees; what can be read stays as it is.</summary>
    public static void Propose(
        CaseFile file, PublicationKind kind, IReadOnlyDictionary<string, string> fields, PersonId by,
        DateTimeOffset now)
    {
        var known = Find(file, kind) ?? Begin(file, kind, by, now);
        if (known.Version == 0) known.Title = fields.Text("title");
        known.Pending = new(fields.ToDictionary(), by.Value, now);
        known.Touch(now);
    }

    /// <summary>A publication that nobody can read before its first version.</summary>
    private static Publication Begin(CaseFile file, PublicationKind kind, PersonId by, DateTimeOffset now)
    {
        file.Case.IsPublic = true;
        return file.Add(new Publication
        {
            OrganisationId = file.Case.OrganisationId,
            Id = new PublicationId(OrderedGuid.New(now)),
            CaseId = file.Case.Id,
            Kind = kind,
            MeetingId = kind == PublicationKind.Meeting ? file.Meeting!.Id : null,
            Title = "",
            State = PublicationState.Withdrawn,
            Version = 0,
            FirstAt = now,
            PublishedAt = now,
            ChangedAt = now,
            ById = by,
        });
    }

    /// <summary>Takes a publication off the public pages, with the reason.</summary>
    public static void Withdraw(CaseFile file, Publication publication, PersonId? by, string reason, DateTimeOffset now)
    {
        if (!publication.IsReadable) return;
        (publication.State, publication.WithdrawnWhy, publication.Pending) =
            (PublicationState.Withdrawn, reason, null);
        publication.Touch(now);
        Note(file, publication, PublicationAct.Withdrawn, by, null, reason, now);
    }

    /// <summary>A restriction takes everything of the case off the public pages at once (O15).</summary>
    public static void WithdrawAll(CaseFile file, DateTimeOffset now)
    {
        foreach (var publication in file.Publications)
        {
            Withdraw(file, publication, null, "事项已限制查看 / the case is restricted", now);
        }
    }

    /// <summary>Names and contact data of those who brought the case's matters in.</summary>
    public static IReadOnlyList<string> NamesOf(CaseFile file) =>
    [
        .. file.Matters.SelectMany(matter => new[] { matter.ProposerName, matter.ProposerPhone, matter.ProposerEmail })
            .OfType<string>().SelectMany(Parts).Where(word => word.Length >= 2).Distinct(),
    ];

    /// <summary>“居民 刘洋” is known by the name alone; what says only to whom he belongs is none.</summary>
    private static IEnumerable<string> Parts(string name) =>
        name.Split([' ', '　', '，', ',', '、'], StringSplitOptions.RemoveEmptyEntries)
            .Where(part => part is not ("居民" or "村民" or "企业" or "委员" or "群众" or "代表" or "业主" or "商户"));

    private static FieldLevel LevelOf(string key) => key switch
    {
        "public" => FieldLevel.Public,
        "participants" => FieldLevel.Participants,
        _ => FieldLevel.Organisers,
    };

    /// <summary>The history of the publication and of its case.</summary>
    internal static void Note(
        CaseFile file, Publication publication, PublicationAct act, PersonId? by, PersonId? second, string? reason,
        DateTimeOffset now)
    {
        file.Add(new PublicationVersion
        {
            OrganisationId = publication.OrganisationId,
            Id = OrderedGuid.New(now),
            PublicationId = publication.Id,
            CaseId = publication.CaseId,
            Version = publication.Version,
            Act = act,
            Title = publication.Title,
            Texts = [.. publication.Texts],
            ById = by,
            SecondId = second,
            Reason = reason,
            At = now,
        });
        var (zh, en) = act switch
        {
            PublicationAct.Published => ("公开", "published"),
            PublicationAct.Corrected => ("更正公开内容", "published again, corrected"),
            PublicationAct.Withdrawn => ("撤下公开内容", "withdrew"),
            _ => ("公开网上协商小结", "published the summary of the online consultation"),
        };
        // Of a restricted case the history holds no words (O15).
        var title = file.Case.Restricted ? "" : publication.Title;
        file.Add(new HistoryEntry
        {
            OrganisationId = publication.OrganisationId,
            Id = OrderedGuid.New(now),
            CaseId = publication.CaseId,
            At = now,
            ActorId = by,
            OnBehalfOfId = null,
            Verb = act == PublicationAct.Withdrawn ? HistoryVerbs.PublicationWithdrawn : HistoryVerbs.PublicationMade,
            Text = new(
                $"{zh}“{title}”（{KindName(publication.Kind).Zh}，第{publication.Version}版）"
                    + (reason is null ? "。" : $"，理由：{reason}。"),
                $"{en} “{title}” ({KindName(publication.Kind).For("en")}, version {publication.Version})"
                    + (reason is null ? "." : $"; reason: {reason}.")),
            Rows = ["Q28", "Q80"],
        });
    }

    private static LocalText KindName(PublicationKind kind) => kind switch
    {
        PublicationKind.Meeting => new("会议", "meeting"),
        PublicationKind.Result => new("结果", "result"),
        _ => new("议题", "topic"),
    };
}
