using Consultation.Activities.Designer;
using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.Votes;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;
using Consultation.Mail.Templates;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.Meetings;

/// <summary>
/// Takes a vote by the adopted rules (P49–P51). Hands and papers are counted by two tellers who both confirm, a roll
/// call is entered by name, online everybody votes on his own page until all have or the time is over. The result
/// follows from the numbers: <c>Passed</c>, <c>Failed</c> or <c>NoQuorum</c>.
/// </summary>
internal sealed class TakeVote : PeopleTask, IMailingActivity
{
    private const int Tellers = 2;
    private const string AsAdopted = "rules", VoteProperty = "vote", FirstSheet = "sheet", FirstTeller = "teller";

    private static readonly IReadOnlyList<InputOption> Methods =
    [
        new(AsAdopted, new("按议事规则", "As the adopted rules say")),
        new("hands", new("举手表决", "Show of hands")), new("open", new("记名投票", "Open ballot")),
        new("secret", new("无记名投票", "Secret ballot")), new("online", new("网络表决（记名）", "Online, open")),
        new("online-secret", new("网络表决（无记名）", "Online, secret")),
    ];

    private readonly InputBinding<string?> _method, _voters, _question, _questionEn;
    private readonly OutputBinding _result, _explained;

    public TakeVote(ActivityNode node, StepTools tools)
        : base(node, tools, "Tellers", "Question")
    {
        _method = node.Input<string?>("Method", AsAdopted);
        _voters = node.Input<string?>("Voters", "meeting.voters");
        _question = node.Input<string?>("Question");
        _questionEn = node.Input<string?>("QuestionEn");
        _result = node.Output("Result");
        _explained = node.Output("Explanation");
    }

    public static ActivityType TypeWith(StepTools tools) => new(
        Activity("Consultation.TakeVote", "表决", "Take a vote")
            .Category("协商", "Consultation").Shape(ActivityShape.Gate)
            .Description("按议事规则表决，结果由票数得出", "A vote by the adopted rules; the result follows from the count")
            .AsksWho("Tellers", "计票人（取前两人）", "Tellers, the first two")
            .Who("Voters", "有表决权的人", "Who has a vote")
            .Pick("Method", "表决方式", "Way of voting", Methods)
            .Words("Title", "任务名称", "Title").Words("Question", "表决事项", "Question", lines: true)
            .Shows().Clock("1wd", mayLeave: false)
            .Output("Result", "String", "结果", "Result").Output("Explanation", "String", "说明", "Explanation")
            .OptionalOutcome("Passed", "通过", "Passed").OptionalOutcome("Failed", "未通过", "Not passed")
            .OptionalOutcome("NoQuorum", "未达法定人数", "No quorum").Build(),
        node => new TakeVote(node, tools),
        node => NodeChecks.Findings(
        [
            NodeChecks.Assignees(node, "Tellers"),
            NodeChecks.Duration(node, "Due"), NodeChecks.ClockHasDue(node, "Due"),
            NodeChecks.OneOf(node, "Method", Methods), NodeChecks.Shows(node), .. NodeChecks.Policies(node),
            .. NodeChecks.Outcomes(node, ["Passed", "Failed", "NoQuorum"]),
        ]));

    /// <summary>Votes not given when the time is over are not given; tellers go on being awaited.</summary>
    protected override bool LeavesWhenOverdue(ActivityContext context) => true;

    public override void Execute(ActivityContext context)
    {
        var file = FileOf(context);
        var (method, secret) = MethodOf(context, file);
        var voters = PeopleOf(context, file, _voters.Get(context));
        var present = voters.Count(person => IsSignedIn(file, person.Id));
        var vote = file.Add(new Vote
        {
            OrganisationId = file.Case.OrganisationId,
            Id = OrderedGuid.New(context.Now),
            CaseId = file.Case.Id,
            Question = _question.Get(context) is { Length: > 0 } asked
                ? new(asked, _questionEn.Get(context))
                : new(file.Topic?.Title ?? file.Case.Title),
            Round = file.Votes.Count + 1,
            Method = method,
            Secret = secret,
            Rules = AdoptedRules.Of(file),
            Count = new VoteCount(voters.Count, 0, present),
            OpenedAt = context.Now,
        });
        context.SetProperty(VoteProperty, vote.Id.ToString("N"));
        context.SetProperty(FirstSheet, null);
        Open(
            context, file, ShapeOf(vote, file, voters, TitleOf(vote, TitleOf(context))),
            method == VoteMethod.Online ? _voters.Get(context) : Who(context));
    }

    protected override TaskShape Shape(ActivityContext context, CaseFile file) =>
        throw new System.Diagnostics.UnreachableException();

    private static TaskShape ShapeOf(
        Vote vote, CaseFile file, IReadOnlyList<Person> voters, LocalText title) => new()
        {
            Kind = TaskKind.Work,
            Mode = vote.Method == VoteMethod.RollCall ? GateMode.AnyOne : GateMode.All,
            Outcomes = [Outcomes.Of(vote.Method == VoteMethod.Online ? OutcomeKeys.CastVote : OutcomeKeys.Submit)],
            Template = vote.Method == VoteMethod.Online
            ? MailTemplateCatalogue.AcknowledgementRequest
            : MailTemplateCatalogue.WorkRequest,
            FormKey = vote.Method switch
            {
                VoteMethod.Online => FormKeys.Ballot,
                VoteMethod.RollCall => FormKeys.RollCall,
                _ => FormKeys.CountSheet,
            },
            Seats = vote.Method is VoteMethod.Hands or VoteMethod.Paper ? Tellers : null,
            MostSeats = vote.Method == VoteMethod.RollCall ? Tellers : null,
            Prefill = vote.Method switch
            {
                VoteMethod.Online => [],
                VoteMethod.RollCall => new()
                {
                    ["votes"] = FormValues.Write([.. voters.Select(person => new Dictionary<string, string>
                {
                    ["name"] = person.Name,
                    ["choice"] = !HasSignedIn(file) || IsSignedIn(file, person.Id) ? "" : "absent",
                })]),
                },
                _ when !HasSignedIn(file) => new() { ["participants"] = $"{voters.Count}" },
                _ => new() { ["participants"] = $"{voters.Count}", ["present"] = $"{vote.Count.Present}" },
            },
            // An online vote ends with its time, whoever is silent; nobody climbs a ladder for a ballot.
            IfSilent = vote.Method == VoteMethod.Online
                ? new("到期未投票的计为未投票，不再等待。", "Who has not voted by then has not voted; nobody is waited for.")
                : null,
            // Whoever counts or votes reads what is put to the vote, and by which rules.
            Words = (title, new(
            $"{(vote.Round > 1 ? $"第{vote.Round}次表决，" : "")}表决事项：{vote.Question.Zh.TrimEnd('。')}。"
                + $"{vote.Rules.Describe().Zh}。",
            $"{(vote.Round > 1 ? $"Vote no. {vote.Round}. " : "")}Put to the vote: "
                + $"{vote.Question.For("en").TrimEnd('。', '.')}. Rule: {vote.Rules.Describe().For("en")}.")),
            Judged = [FormKeys.Rules],
        };

    /// <summary>What the node calls the counting of hands and papers fits neither a ballot nor a roll call.</summary>
    private static LocalText TitleOf(Vote vote, LocalText counting) => vote.Method switch
    {
        VoteMethod.Online => new("请您投票", "Please vote"),
        VoteMethod.RollCall => new("登记记名表决", "Enter the roll call"),
        _ => counting,
    };

    /// <summary>The count is kept, not the sheets; in a secret vote not even who said what.</summary>
    protected override string? RecordKind(WorkTask task) => null;

    protected override IReadOnlyList<FieldError> Check(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer)
    {
        if (task.FormKey == FormKeys.Ballot)
        {
            // Whoever enters a ballot for somebody knows what was voted.
            return answer.Channel == AnswerChannel.OnBehalf && VoteOf(context, file).Secret
                ? [new FieldError("choice", new(
                    "无记名表决由本人进行，不能代录。", "A secret vote is cast in person; nobody enters it for somebody else."))]
                : [];
        }

        var people = PeopleOf(context, file, _voters.Get(context));
        List<string> voters = [.. people.Select(person => person.Name)];
        List<string> there = [.. people.Where(person => IsSignedIn(file, person.Id)).Select(person => person.Name)];
        if (task.FormKey == FormKeys.RollCall)
        {
            var votes = CountSheet.RollCall(answer.Fields);
            if (HasSignedIn(file)) return CountSheet.CheckAgainst(votes, voters, there);
            return votes.GroupBy(vote => vote.Name).FirstOrDefault(group => group.Count() > 1) is { } twice
                ? [new FieldError("votes", new($"{twice.Key}登记了两次。", $"{twice.Key} is entered twice."))]
                : [];
        }

        // Without a list of those who came (a vote outside a meeting) the tellers' word is all there is.
        var sheet = CountSheet.Read(answer.Fields);
        IReadOnlyList<FieldError> contradictions =
        [
            .. sheet.Check(),
            .. HasSignedIn(file)
                ? CountSheet.CheckAgainst(
                    sheet, [.. CountSheet.Recusals(answer.Fields).Select(one => one.Name)], voters, there)
                : [],
        ];
        if (contradictions.Count > 0) return contradictions;
        return context.GetProperty(FirstSheet) is IReadOnlyDictionary<string, object?> first
            && task.Assignees.Exists(seat => seat is { Active: true, Outcome: not null })
            ? CountSheet.Compare(answer.Fields, Texts(first), context.GetProperty(FirstTeller)?.ToString() ?? "")
            : [];
    }

    protected override bool Answered(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer, TaskAssignee seat)
    {
        if (task.FormKey == FormKeys.Ballot) Count(VoteOf(context, file), file, task, answer, seat);
        else if (task.FormKey == FormKeys.CountSheet)
        {
            context.SetProperty(
                FirstSheet, answer.Fields.ToDictionary(field => field.Key, field => (object?)field.Value));
            context.SetProperty(FirstTeller, file.Directory.Find(seat.PersonId)?.Name);
        }

        return false;
    }

    protected override void Decided(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer, GateTally.Decided tally)
    {
        var vote = VoteOf(context, file);
        if (task.FormKey == FormKeys.Ballot)
        {
            Close(context, file, task, vote, vote.Count);
            return;
        }

        vote.Recusals = [.. CountSheet.Recusals(answer.Fields)];
        vote.Tellers = [.. tally.Opinions.Where(one => one.Outcome is not null)
            .Select(one => file.Directory.Find(one.AnsweredById ?? one.PersonId)?.Name).OfType<string>()];
        if (task.FormKey == FormKeys.RollCall) vote.Named = [.. CountSheet.RollCall(answer.Fields)];
        Close(
            context, file, task, vote,
            task.FormKey == FormKeys.RollCall ? CountSheet.Of(vote.Named) : CountSheet.Read(answer.Fields));
    }

    protected override void LeaveOverdue(ActivityContext context, CaseFile file, WorkTask task)
    {
        if (task.FormKey != FormKeys.Ballot) return;
        (task.State, task.ClosedAt, task.Outcome) = (TaskState.Done, context.Now, OutcomeKeys.CastVote);
        task.Revision++;
        TaskClock.Stop(context);
        context.RemoveBookmarks();
        var vote = VoteOf(context, file);
        // Who signed in after the last ballot was there too.
        Close(context, file, task, vote, vote.Count with { Present = PresentAt(task, file) - vote.Count.Recused });
    }

    /// <summary>True where there is a list of those who came, though nobody on it may have a vote.</summary>
    private static bool HasSignedIn(CaseFile file) => file.Meeting?.Present.Any() == true;

    /// <summary>
    /// True for somebody whom the sign-in list of the case's meeting counts as there already. A substitute casts no
    /// vote for somebody else.
    /// </summary>
    private static bool IsSignedIn(CaseFile file, PersonId person) =>
        file.Meeting?.SeatOf(person)?.IsThereInPerson == true;

    /// <summary>One ballot more. In a secret vote only the sums change, and who stands aside and why.</summary>
    private static void Count(Vote vote, CaseFile file, WorkTask task, TaskAnswer answer, TaskAssignee seat)
    {
        var name = file.Directory.With(task).Find(seat.PersonId)?.Name ?? "?";
        var choice = VoteWords.ChoiceOf(answer.Fields.Text("choice")) ?? BallotChoice.Abstain;
        var count = vote.Count;
        vote.Count = choice switch
        {
            BallotChoice.For => count with { For = count.For + 1 },
            BallotChoice.Against => count with { Against = count.Against + 1 },
            BallotChoice.Recused => count with { Recused = count.Recused + 1 },
            _ => count with { Abstained = count.Abstained + 1 },
        };
        if (choice == BallotChoice.Recused) vote.Recusals = [.. vote.Recusals, new(name, answer.Fields.Text("reason"))];
        else if (!vote.Secret) vote.Named = [.. vote.Named, new(name, choice)];
        vote.Count = vote.Count with { Present = PresentAt(task, file) - vote.Count.Recused };
    }

    /// <summary>
    /// Who is there at an online vote: whoever signed in until now, late or not, and whoever voted without having
    /// signed in. Those who stand aside have said so by a ballot, so they are among them.
    /// </summary>
    private static int PresentAt(WorkTask task, CaseFile file) => task.Assignees.Count(
        seat => seat.Active && (seat.Outcome is not null || IsSignedIn(file, seat.PersonId)));

    private void Close(ActivityContext context, CaseFile file, WorkTask task, Vote vote, VoteCount count)
    {
        vote.Close(count, context.Now);
        var explained = count.Explain(vote.Rules);
        file.Add(new CaseRecord
        {
            OrganisationId = file.Case.OrganisationId,
            Id = OrderedGuid.New(context.Now),
            CaseId = file.Case.Id,
            Kind = FormKeys.Vote,
            Title = FormCatalogue.Find(FormKeys.Vote)!.Title,
            Fields = CountSheet.Write(vote),
            TaskId = task.Id,
            ById = task.Assignees.Find(seat => seat.AnsweredAt is not null)?.PersonId ?? task.Assignees[0].PersonId,
            At = context.Now,
        });
        Tell(context, file, HistoryVerbs.VoteClosed, new(
            $"表决“{vote.Question.Zh}”{explained.Zh}", $"Vote on “{vote.Question.For("en")}”: {explained.For("en")}"),
            task.Id);
        context.SetOutput(_result, vote.Result.ToString());
        context.SetOutput(_explained, explained.Zh);
        context.CompleteWithOutcome(vote.Result!.Value.ToString());
    }

    private (VoteMethod Method, bool Secret) MethodOf(ActivityContext context, CaseFile file) =>
        VoteWords.WayOf(_method.Get(context)) ?? AdoptedRules.MethodOf(file) ?? (VoteMethod.Hands, false);

    private static Vote VoteOf(ActivityContext context, CaseFile file) =>
        file.Votes.Find(vote => vote.Id.ToString("N") == context.GetProperty(VoteProperty) as string)
        ?? throw new ActivityFaultException("找不到这次表决 / The vote of this step is gone.", code: "no-vote");

    private static Dictionary<string, string> Texts(IReadOnlyDictionary<string, object?> sheet) =>
        sheet.ToDictionary(field => field.Key, field => field.Value?.ToString() ?? "");
}
