using Consultation.Cases;
using Consultation.Cases.Publishing;

namespace Consultation.Tests.Cases.Publishing;

public sealed class SignUpRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Whoever_waits_longest_moves_up_once_when_a_place_becomes_free()
    {
        var meeting = Meeting(places: 1);
        var (placed, first, second) =
            (One(1, SignUpState.Placed), One(2, SignUpState.Waiting), One(3, SignUpState.Waiting));
        placed.State = SignUpState.Withdrawn;

        var moved = SignUpRules.MoveUp(meeting, [placed, second, first], Now);
        var again = SignUpRules.MoveUp(meeting, [placed, second, first], Now);

        moved.Should().Equal(first);
        first.MovedUpAt.Should().Be(Now);
        again.Should().BeEmpty("the place is taken");
        second.State.Should().Be(SignUpState.Waiting);
    }

    [Fact]
    public void More_places_let_more_people_move_up()
    {
        var all = Enumerable.Range(1, 5).Select(n => One(n, SignUpState.Waiting)).ToList();

        SignUpRules.MoveUp(Meeting(places: 3), all, Now).Should().Equal(all[..3]);
    }

    private static Publication Meeting(int places) => new()
    {
        OrganisationId = default,
        Id = PublicationId.New(),
        CaseId = CaseId.New(),
        Kind = PublicationKind.Meeting,
        Title = "会议",
        FirstAt = Now,
        PublishedAt = Now,
        ChangedAt = Now,
        ById = PersonId.New(),
        Places = places,
    };

    private static SignUp One(int number, SignUpState state) => new()
    {
        OrganisationId = default,
        Id = SignUpId.New(),
        PublicationId = default,
        CaseId = default,
        Number = SignUpRules.Number(2026, number),
        State = state,
        FollowSecretHash = "",
        At = Now.AddMinutes(number),
    };
}
