using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Publishing;
using Consultation.ServerTests.Desk;
using Consultation.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Publishing;

/// <summary>The sample, with the topic of its case published by two people of the desk.</summary>
public sealed class PublishedDesk : SampleDesk, IAsyncLifetime
{
    internal CaseId CaseId => new(Guid.Parse(Case.Split('/')[^1]));

    internal PublicationId Topic { get; private set; }

    internal string TopicPage => $"/p/sample/x/{Topic.Value:N}";

    async Task IAsyncLifetime.InitializeAsync()
    {
        await base.InitializeAsync();
        using var secretary = await AsAsync("secretary");
        await secretary.GetAsync($"/cases/{CaseId}/publish/topic");
        await secretary.PostAsync("publish", new()
        {
            ["f.title"] = "河畔步道夜间照明",
            ["f.summary"] = "步道晚上没有路灯，请大家说说怎么装。",
            ["f.summary-level"] = "public",
            ["f.background"] = "只给参与人看的背景。",
            ["f.background-level"] = "participants",
            ["f.current"] = "只给组织方看的现状。",
            ["f.current-level"] = "organisers",
            ["f.consult"] = FormValues.Yes,
            ["f.question"] = "您希望路灯装在哪里？",
            ["f.consult-until"] = $"{TimeProvider.System.GetUtcNow().AddDays(10):yyyy-MM-dd}",
        });
        secretary.Answer.StatusCode.Should().Be(System.Net.HttpStatusCode.Redirect, secretary.Text);
        await using var db = Open();
        Topic = (await db.Set<Publication>().SingleAsync(one => one.OrganisationId == Organisation)).Id;
    }

    internal ConsultationDb Open() => Services.GetRequiredService<Database>().ForOrganisation(Organisation);

    /// <summary>The second person agrees.</summary>
    internal async Task SecondAsync()
    {
        using var admin = await AsAsync("sample-admin");
        await admin.GetAsync($"/publishing/{Topic.Value:N}");
        await admin.PostAsync("second", new() { ["agrees"] = "1" });
        admin.Answer.StatusCode.Should().Be(System.Net.HttpStatusCode.Redirect, admin.Text);
    }
}
