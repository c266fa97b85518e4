using Consultation.Activities.Notices;
using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Mail.Outgoing;
using Consultation.Testing.Mail;
using District = Consultation.Testing.Scenarios.District;

namespace Consultation.Tests.Activities.Notices;

/// <summary>The proposer of a matter that goes into another one hears of it, by the own number (P19).</summary>
public sealed class MergedMailTests
{
    private readonly District _district = new();

    [Fact]
    public void A_merged_matter_keeps_its_number_and_its_proposer_hears_what_happens_next()
    {
        var mail = (OutgoingMail)Merged(Matter("SX2026-000002", "an@mail.example.com")).Single();

        mail.RecipientAddress.Should().Be("an@mail.example.com");
        mail.Subject.Should().Contain("SX2026-000002").And.Contain("合并办理");
        mail.TextBody.Should().Contain("SX2026-000001").And.Contain("办理结果会同样告知您")
            .And.Contain("follow?n=SX2026-000002").And.NotContain("/cases/", "a resident has no desk");
    }

    [Fact]
    public void Who_left_no_address_is_not_written_to() => Merged(Matter("SX2026-000002", null)).Should().BeEmpty();

    private IReadOnlyList<object> Merged(Matter matter) => new UseCaseMail(MailMaking.Composer()).Merged(
        matter, Matter("SX2026-000001", null),
        new OrganisationSnapshot(1, _district.Directory, _district.Calendar, PolicySet.None), MailMaking.Noon);

    private Matter Matter(string number, string? email) => new()
    {
        OrganisationId = _district.Organisation.Id,
        Id = MatterId.New(),
        Number = number,
        Source = MatterSource.PublicForm,
        Title = "河边太黑",
        Text = "河边步道夜间没有照明。",
        ProposerEmail = email,
        RaisedAt = MailMaking.Noon,
        ReceivedAt = MailMaking.Noon,
    };
}
