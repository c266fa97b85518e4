using Consultation.Cases.Surveys;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Consultation.Storage.Cases;

/// <summary>What the tables of surveys need beyond the conventions: short addresses, look-ups by survey.</summary>
internal sealed class SurveyMapping :
    IEntityTypeConfiguration<Survey>, IEntityTypeConfiguration<SurveyInvitation>, IEntityTypeConfiguration<SurveyLink>,
    IEntityTypeConfiguration<SurveyVisit>, IEntityTypeConfiguration<SurveyAnswer>,
    IEntityTypeConfiguration<Questionnaire>
{
    public void Configure(EntityTypeBuilder<Survey> survey)
    {
        survey.Property(row => row.Code).HasMaxLength(SurveyRules.CodeLength);
        survey.HasIndex(row => new { row.OrganisationId, row.Code }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<SurveyInvitation> one) =>
        one.HasIndex(row => new { row.OrganisationId, row.SurveyId, row.Answered });

    public void Configure(EntityTypeBuilder<SurveyLink> link) =>
        link.HasIndex(row => new { row.OrganisationId, row.SurveyId });

    public void Configure(EntityTypeBuilder<SurveyVisit> visit) =>
        visit.HasIndex(row => new { row.OrganisationId, row.SurveyId });

    public void Configure(EntityTypeBuilder<SurveyAnswer> answer) =>
        answer.HasIndex(row => new { row.OrganisationId, row.SurveyId });

    public void Configure(EntityTypeBuilder<Questionnaire> list)
    {
        list.Property(row => row.Name).HasMaxLength(60);
        list.HasIndex(row => new { row.OrganisationId, row.Name }).IsUnique();
    }
}
