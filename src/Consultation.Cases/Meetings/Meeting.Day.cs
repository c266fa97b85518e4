using Consultation.Cases.Calendar;
using Consultation.Cases.People;

namespace Consultation.Cases.Meetings;

/// <content>The day of the meeting: each act leaves a line of the record, which it answers.</content>
public sealed partial class Meeting
{
    /// <summary>
    /// Why nothing of the day can be entered now; null when it can: from the morning of the day until the record is in.
    /// </summary>
    public LocalText? DayIsClosed(WorkingCalendar calendar, DateTimeOffset now) => State switch
    {
        MeetingState.CalledOff => new("会议已经取消。", "The meeting was called off."),
        MeetingState.Closed => new("会议已经结束，记录不能再增加。", "The meeting is closed; its record takes no more lines."),
        _ when calendar.DayOf(now) < On => new(
            $"会议在{On:yyyy-MM-dd}召开，当天起才能签到和记录。",
            $"The meeting is on {On:yyyy-MM-dd}; sign-in and record open on that day."),
        _ => null,
    };

    /// <summary>
    /// Somebody is there: the person, or the substitute who is named. Whoever comes after the beginning is late, which
    /// the line says. Again for one who is there already puts right who came.
    /// </summary>
    public MeetingLine SignIn(
        MeetingSeat seat, string substitute, OrganisationDirectory directory, WorkingCalendar calendar, PersonId by,
        DateTimeOffset now)
    {
        if (substitute.Length > 0) seat.IsStoodInFor(substitute);
        else if (seat.Reply == SeatReply.SendsSubstitute) seat.ComesInPerson();
        var isLate = now > Begins(calendar);
        (seat.SignedInAt, seat.SignedInById) = (seat.SignedInAt ?? now, by);
        var own = by == seat.PersonId ? "扫码签到" : "签到";
        return Write(RecordKind.SignIn, $"{seat.NameOfWhoCame(directory)} {own}{(isLate ? "（迟到）" : "")}", by, now);
    }

    /// <summary>Somebody was signed in by mistake.</summary>
    public MeetingLine SignOut(
        MeetingSeat seat, string why, OrganisationDirectory directory, PersonId by, DateTimeOffset now)
    {
        (seat.SignedInAt, seat.SignedInById) = (null, null);
        return Write(RecordKind.SignIn, $"撤销 {seat.NameOfWhoCame(directory)} 的签到，原因：{why}", by, now);
    }

    /// <summary>Whether a seat's person came after the beginning.</summary>
    public bool IsLate(MeetingSeat seat, WorkingCalendar calendar) => seat.SignedInAt > Begins(calendar);

    /// <summary>Who came, with the time of whoever was late: "赵强（14:50到会）".</summary>
    public string Came(MeetingSeat seat, CaseFile file) => seat.NameOfWhoCame(file.Directory)
        + (IsLate(seat, file.Calendar)
            ? $"（{TimeZoneInfo.ConvertTime(seat.SignedInAt!.Value, file.Calendar.Zone):HH\\:mm}到会）" : "");

    /// <summary>An item of the run sheet begins; the one that was going on ends.</summary>
    public IReadOnlyList<MeetingLine> Begin(string item, PersonId by, DateTimeOffset now)
    {
        var index = RunSheet.FindIndex(one => one.Key == item);
        if (index < 0) return [];
        var lines = new List<MeetingLine>();
        foreach (var going in RunSheet.Where(one => one is { BeganAt: not null, EndedAt: null }).ToList())
        {
            lines.AddRange(End(going.Key, by, now));
        }

        RunSheet[index] = RunSheet[index] with { BeganAt = RunSheet[index].BeganAt ?? now, EndedAt = null };
        lines.Add(Write(RecordKind.RunSheet, $"开始：{RunSheet[index].Name.Zh}", by, now));
        return lines;
    }

    /// <summary>An item of the run sheet ends.</summary>
    public IReadOnlyList<MeetingLine> End(string item, PersonId by, DateTimeOffset now)
    {
        var index = RunSheet.FindIndex(one => one.Key == item);
        if (index < 0 || RunSheet[index] is not { BeganAt: not null, EndedAt: null }) return [];
        RunSheet[index] = RunSheet[index] with { EndedAt = now };
        return [Write(RecordKind.RunSheet, $"结束：{RunSheet[index].Name.Zh}", by, now)];
    }

    /// <summary>Somebody asks for a turn; a second request while one waits changes nothing.</summary>
    public void Queue(MeetingSeat seat, DateTimeOffset now)
    {
        if (Turns.Exists(turn => turn.SeatId == seat.Id && turn.EndedAt is null && !turn.Passed)) return;
        Turns.Add(new(OrderedGuid.New(now), seat.Id, now));
        Touch();
    }

    /// <summary>A turn begins; whoever was speaking ends.</summary>
    public IReadOnlyList<MeetingLine> Speak(
        Guid turn, Func<MeetingSeat, string> nameOf, PersonId by, DateTimeOffset now)
    {
        var index = Turns.FindIndex(one => one.Id == turn && one.BeganAt is null);
        if (index < 0) return [];
        var lines = new List<MeetingLine>();
        foreach (var going in Turns.Where(one => one is { BeganAt: not null, EndedAt: null }).ToList())
        {
            lines.AddRange(Ends(going.Id, "", nameOf, by, now));
        }

        Turns[index] = Turns[index] with { BeganAt = now };
        lines.Add(Write(RecordKind.Speech, $"{NameOf(Turns[index], nameOf)} 开始发言", by, now));
        return lines;
    }

    /// <summary>A turn ends, with what was said in a few words.</summary>
    public IReadOnlyList<MeetingLine> Ends(
        Guid turn, string points, Func<MeetingSeat, string> nameOf, PersonId by, DateTimeOffset now)
    {
        if (Turns.FindIndex(one => one.Id == turn) is not (>= 0 and var index)
            || Turns[index] is not { BeganAt: not null, EndedAt: null })
        {
            return [];
        }

        Turns[index] = Turns[index] with { EndedAt = now, Points = points };
        var said = points.Length == 0 ? "" : $"：{points}";
        return [Write(
            RecordKind.Speech, $"{NameOf(Turns[index], nameOf)} 发言{Turns[index].Minutes}分钟{said}", by, now)];
    }

    /// <summary>放弃发言: the turn of a seat that has not spoken is over.</summary>
    public MeetingLine Pass(MeetingSeat seat, string name, PersonId by, DateTimeOffset now)
    {
        var waiting = Turns.FindIndex(turn => turn.SeatId == seat.Id && turn.BeganAt is null && !turn.Passed);
        if (waiting >= 0) Turns[waiting] = Turns[waiting] with { Passed = true };
        else Turns.Add(new(OrderedGuid.New(now), seat.Id, now, Passed: true));
        return Write(RecordKind.Speech, $"{name} 放弃发言", by, now);
    }

    /// <summary>Those present who neither spoke nor passed: whom the host asks next.</summary>
    public IReadOnlyList<MeetingSeat> WithoutTurn() =>
        [.. Present.Where(seat => !Turns.Exists(
            turn => turn.SeatId == seat.Id && (turn.Passed || turn.EndedAt is not null)))];

    /// <summary>A question is asked, or gets its answer or its owner; a known id changes that one.</summary>
    public MeetingLine Note(MeetingQuestion question, string ownerName, PersonId by, DateTimeOffset now)
    {
        var index = Questions.FindIndex(one => one.Id == question.Id);
        if (index >= 0) Questions[index] = question;
        else Questions.Add(question);
        var end = question.Answer is { Length: > 0 } answer ? $"答复（{question.AnsweredBy}）：{answer}"
            : question.DueOn is { } due ? $"由{ownerName}在{due:yyyy-MM-dd}前答复"
            : "待答复";
        return Write(RecordKind.Question, $"{question.AskedBy}提问：“{question.Text}”；{end}", by, now);
    }

    /// <summary>Advice, consensus, dissent, an expert's opinion.</summary>
    public MeetingLine Note(MeetingOption option, PersonId by, DateTimeOffset now)
    {
        Options.Add(option);
        var kind = option.Kind switch
        {
            OptionKind.Advice => "建言",
            OptionKind.Consensus => "共识",
            OptionKind.Dissent => "不同意见",
            _ => "专家点评",
        };
        return Write(RecordKind.Option, $"{kind}（{option.By}）：{option.Text}", by, now);
    }

    /// <summary>What the recorder writes; a correction names the line that it puts right.</summary>
    public MeetingLine Note(string text, int? corrects, PersonId by, DateTimeOffset now) =>
        Write(corrects is null ? RecordKind.Note : RecordKind.Correction, text, by, now, corrects);

    /// <summary>The meeting is over; items and turns that were going on end.</summary>
    public IReadOnlyList<MeetingLine> Hold(Func<MeetingSeat, string> nameOf, PersonId by, DateTimeOffset now)
    {
        if (State == MeetingState.Held) return [];
        var lines = new List<MeetingLine>();
        foreach (var turn in Turns.Where(one => one is { BeganAt: not null, EndedAt: null }).ToList())
        {
            lines.AddRange(Ends(turn.Id, "", nameOf, by, now));
        }
        foreach (var item in RunSheet.Where(one => one is { BeganAt: not null, EndedAt: null }).ToList())
        {
            lines.AddRange(End(item.Key, by, now));
        }

        if (WithoutTurn() is { Count: > 0 } silent && Turns.Count > 0)
        {
            lines.Add(Write(RecordKind.Speech, $"未发言：{string.Join('、', silent.Select(nameOf))}", by, now));
        }

        (State, HeldAt) = (MeetingState.Held, now);
        lines.Add(Write(RecordKind.RunSheet, $"会议结束，到会{Present.Count()}人", by, now));
        return lines;
    }

    /// <summary>
    /// The minutes of a case's topic stand; with those of the last topic the meeting is closed. False when they did
    /// before.
    /// </summary>
    public bool CloseTopic(CaseId caseId, DateTimeOffset now)
    {
        if (Topics.Find(topic => topic.CaseId == caseId) is not { ClosedAt: null } topic) return false;
        topic.ClosedAt = now;
        if (Topics.TrueForAll(one => one.ClosedAt is not null)) (State, ClosedAt) = (MeetingState.Closed, now);
        Touch();
        return true;
    }

    private MeetingLine Write(RecordKind kind, string text, PersonId by, DateTimeOffset now, int? corrects = null)
    {
        Touch();
        var at = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        var hash = MeetingLine.HashOf(Id, LastLine + 1, at, by, kind, text, corrects, LastHash);
        var line = new MeetingLine
        {
            OrganisationId = OrganisationId,
            Id = OrderedGuid.New(now),
            MeetingId = Id,
            Number = LastLine + 1,
            At = at,
            ById = by,
            Kind = kind,
            Text = text,
            Corrects = corrects,
            Before = LastHash,
            Hash = hash,
        };
        (LastLine, LastHash) = (line.Number, hash);
        return line;
    }

    private string NameOf(SpeechTurn turn, Func<MeetingSeat, string> nameOf) =>
        Seats.Find(seat => seat.Id == turn.SeatId) is { } seat ? nameOf(seat) : "?";
}
