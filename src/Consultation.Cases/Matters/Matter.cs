namespace Consultation.Cases.Matters;

/// <summary>How a matter came in (P15–P18, Q36–Q40, Q60).</summary>
public enum MatterSource
{
    /// <summary>公开网页表单.</summary>
    PublicForm,
    /// <summary>窗口/电话/来信登记.</summary>
    Desk,
    /// <summary>12345 热线工单 (Q37).</summary>
    Hotline,
    /// <summary>党委政府部门梳理 (Q60).</summary>
    Department,
    /// <summary>面对面交流 (Q38).</summary>
    Talk,
    /// <summary>问卷调查 (P15).</summary>
    Survey,
    /// <summary>实地走访 (P16).</summary>
    Visit,
}

/// <summary>What became of a matter.</summary>
public enum MatterState
{
    /// <summary>待处理: in the pool (P19).</summary>
    Pooled,
    /// <summary>已启动协商: belongs to a case.</summary>
    InCase,
    /// <summary>并入: merged into another matter (P19).</summary>
    Merged,
    /// <summary>不予纳入.</summary>
    Excluded,
    /// <summary>办结.</summary>
    Closed,
    /// <summary>已撤回: by its proposer.</summary>
    Withdrawn,
}

/// <summary>A matter that somebody brought in (协商事项, Q80).</summary>
public sealed class Matter
{
    public required OrganisationId OrganisationId { get; init; }
    public required MatterId Id { get; init; }

    /// <summary>Receipt number told to the proposer, per organisation and year, gap-free, e.g. SX2026-000012.</summary>
    public required string Number { get; init; }

    public required MatterSource Source { get; init; }

    /// <summary>1–200 characters.</summary>
    public required string Title { get; set; }

    /// <summary>1–10000 characters; empty in the open store when restricted (O15).</summary>
    public required string Text { get; set; }

    public string? Place { get; set; }

    /// <summary>Group of the proposer, e.g. 社区居民, 企业 (P03, P18).</summary>
    public string? ProposerGroup { get; set; }
    public string? ProposerName { get; set; }
    public string? ProposerEmail { get; set; }
    public string? ProposerPhone { get; set; }

    /// <summary>Language of notices to the proposer, "zh" or "en".</summary>
    public string Language { get; set; } = "zh";

    /// <summary>Tags by key: 七有五性 (Q36), 热点/难点/焦点 (Q25).</summary>
    public List<string> Tags { get; set; } = [];
    public UnitId? PlatformId { get; set; }
    public MatterState State { get; set; } = MatterState.Pooled;
    public CaseId? CaseId { get; set; }
    public MatterId? MergedIntoId { get; set; }

    /// <summary>Hotline order number; unique per organisation (O20).</summary>
    public string? OrderNumber { get; init; }

    /// <summary>Category of the hotline order; orders of one category and place cluster (Q64).</summary>
    public string? OrderCategory { get; set; }

    /// <summary>Hash of the secret with which the proposer follows the matter without a log-in.</summary>
    public string? FollowSecretHash { get; init; }

    /// <summary>Who entered it at the desk.</summary>
    public PersonId? EnteredById { get; init; }

    /// <summary>When the proposer raised it.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>When it was stored here.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The hall to which it is offered; null when nobody has to take it over or give it back.</summary>
    public UnitId? PassedToId { get; set; }

    /// <summary>What the proposer was asked last.</summary>
    public string? Question { get; set; }

    /// <summary>When that was asked, and when the answer came; null before.</summary>
    public DateTimeOffset? AskedAt { get; set; }
    public DateTimeOffset? RepliedAt { get; set; }

    /// <summary>
    /// Hash of the key in the mail that asks the proposer something: it opens the answer, as the own code does.
    /// </summary>
    public string? ReplyKeyHash { get; set; }

    /// <summary>What the proposer was answered or refused with, in words; null before.</summary>
    public string? Answer { get; set; }

    /// <summary>When it was answered, declined or closed; null before.</summary>
    public DateTimeOffset? SettledAt { get; set; }

    /// <summary>The three scores (P21); null before somebody gave them.</summary>
    public MatterScores? Scores { get; set; }

    /// <summary>Their sum, by which the pool is ranked.</summary>
    public int? Score { get; set; }

    /// <summary>Class of time of a hotline order (O21), and when it is due by it.</summary>
    public HotlineClass? HotlineClass { get; set; }
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>What the proposer thinks of the reply; null before, or when nobody answered.</summary>
    public Satisfaction? Satisfaction { get; set; }

    /// <summary>In which round the proposer was asked and answered last; 0 before.</summary>
    public int RatedRound { get; set; }

    /// <summary>The talk or visit in which it was heard (Q38, Q39); null when it came in otherwise.</summary>
    public TalkId? TalkId { get; init; }
}

/// <summary>What a proposer thinks of a reply, as 提案 and 12345 ask it.</summary>
public enum Satisfaction
{
    /// <summary>满意.</summary>
    Satisfied,
    /// <summary>基本满意.</summary>
    MostlySatisfied,
    /// <summary>不满意.</summary>
    Dissatisfied,
}
