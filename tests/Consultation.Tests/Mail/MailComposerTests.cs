using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;
using Consultation.Testing.Mail;

namespace Consultation.Tests.Mail;

public sealed class MailComposerTests
{
    private readonly MailComposer _composer = MailMaking.Composer();

    [Fact]
    public void The_same_mail_about_the_same_task_bears_the_same_message_id()
    {
        var task = Guid.NewGuid();

        var first = _composer.Compose(MailMaking.Draft(task: task), MailMaking.Noon);
        var again = _composer.Compose(MailMaking.Draft(task: task), MailMaking.Noon.AddHours(1));

        again.MessageId.Should().Be(first.MessageId).And.MatchRegex("^<[a-z0-9.-]+@tongzhou.example.gov.cn>$");
    }

    [Fact]
    public void Another_recipient_purpose_or_reminder_is_another_message()
    {
        var draft = MailMaking.Draft(MailTemplateCatalogue.Reminder);

        var ids = new[]
        {
            draft, draft with { Ordinal = 2 }, draft with { Template = MailTemplateCatalogue.FormalReminder },
            draft with { Recipient = new("wang.fang@example.cn", "王芳") }, draft with { TaskId = Guid.NewGuid() },
        }.Select(one => _composer.Compose(one, MailMaking.Noon).MessageId);

        ids.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void One_task_is_one_thread()
    {
        var task = Guid.NewGuid();

        var request = _composer.Compose(MailMaking.Draft(task: task), MailMaking.Noon);
        var reminder = _composer.Compose(MailMaking.Draft(MailTemplateCatalogue.Reminder, task: task), MailMaking.Noon);

        reminder.References.Should().Be(request.References).And.Be(reminder.InReplyTo).And.Contain(task.ToString("N"));
    }

    [Theory]
    [InlineData("zh", "公文", "限 2026年3月6日 17:30前\n\n---\nby 6 March 2026, 17:30 at 公文\n")]
    [InlineData("en", "by 6 March 2026, 17:30", "限 2026年3月6日 17:30前\n\n---\nby 6 March 2026, 17:30 at 公文\n")]
    [InlineData("en", "by 6 March 2026, 17:30", "Only English: 6 March 2026, 17:30\n", "Only English: {{ due }}")]
    public void A_value_reads_in_each_part_in_its_own_language(
        string language, string subject, string body,
        string template = "{% assign at = place %}限 {{ due }}前\n\n---\nby {{ due }} at {{ at }}")
    {
        var book = new MailTemplateBook();
        book.Replace([new MailTemplate
        {
            OrganisationId = MailMaking.Organisation,
            Key = MailTemplateCatalogue.Notice,
            Language = language,
            Subject = "[协商] {% if place == \"公文\" and due contains \"March\" %}by {{ due }}{% else %}{{ place }}{% "
                + "endif %}",
            Text = template,
        }], new HashSet<Guid>());
        var draft = MailMaking.Draft(MailTemplateCatalogue.Notice, language) with
        {
            Values = new Dictionary<string, object?>
            {
                ["due"] = MailWords.Of(new DateTime(2026, 3, 6, 17, 30, 0)),
                ["place"] = "公\u0002文",
            },
        };

        var mail = MailMaking.Composer(book: book).Compose(draft, MailMaking.Noon);

        mail.Subject.Should().Be("[协商] " + subject);
        mail.TextBody.Should().Be(
            body.Replace("---", new string('-', 40)), "no value from the public can pass for a mark between the parts");
    }

    [Fact]
    public void Names_titles_and_reasons_add_no_header_recipient_or_markup()
    {
        var draft = MailMaking.Draft() with
        {
            Recipient = new("li.min@example.cn", "李敏\r\nBcc: a@b.cn"),
            Values = new Dictionary<string, object?>(MailMaking.Draft().Values)
            {
                ["task_title"] = "<script>alert(1)</script>\r\nBcc: a@b.cn",
                ["question"] = "一\r\n[[点这里]] http://evil.example/\n# 标题\n\"><a href=x>",
            },
        };

        var mail = _composer.Compose(draft, MailMaking.Noon);

        mail.Subject.Should().NotContainAny("\r", "\n");
        mail.RecipientName.Should().NotContainAny("\r", "\n");
        mail.HtmlBody.Should().NotContain("<script>").And.NotContain("<a href=x>").And.NotContain("href=\"http://evil");
        mail.TextBody.Should()
            .Contain("\n  [[点这里]] http://evil.example/").And.NotContain("\n# 标题").And.NotContain("\r");
    }

    [Fact]
    public void A_link_travels_as_a_placeholder_that_HTML_leaves_as_it_is()
    {
        var link = MailMaking.Link();

        var mail = _composer.Compose(MailMaking.Draft() with { Link = link }, MailMaking.Noon);

        mail.LinkIds.Should().Equal(link.Id);
        mail.TextBody.Should().Contain(link.Placeholder);
        mail.HtmlBody.Should().Contain($"href=\"{link.Placeholder}\"");
    }

    [Fact]
    public void A_placeholder_typed_by_the_public_is_never_filled_in()
    {
        var foreign = MailMaking.Link();

        var body = MailPlaceholder.Fill(
            $"标题 {foreign.Placeholder}", new Dictionary<Guid, string> { [Guid.NewGuid()] = "https://x" }, secret: null);

        body.Should().Be($"标题 {foreign.Placeholder}");
    }

    [Fact]
    public void A_sensitive_task_says_only_that_there_is_one()
    {
        var draft = MailMaking.Draft() with
        {
            Sensitive = true,
            Link = MailMaking.Link(),
            DigestLine = "实名举报某某",
            Attachments = [Attachment()],
        };

        var mail = _composer.Compose(draft, MailMaking.Noon);

        foreach (var text in new[] { mail.Subject, mail.TextBody, mail.HtmlBody })
        {
            text.Should().NotContain("电梯").And.NotContain("确定协商议题").And.NotContain("XS2026").And.NotContain("举报");
        }

        mail.TextBody.Should().Contain("R2026-00031").And.Contain(draft.Link!.Placeholder);
        mail.Attachments.Should().BeEmpty();
        mail.DigestLine.Should().BeNull();
        mail.CaseNumber.Should().BeNull();
    }

    [Fact]
    public void A_sensitive_notice_to_a_proposer_holds_no_reason()
    {
        var draft = MailMaking.Draft(MailTemplateCatalogue.MatterExcluded) with { Sensitive = true, TaskId = null };

        var mail = _composer.Compose(draft, MailMaking.Noon);

        mail.TextBody.Should().Contain("SX2026-000012").And.NotContain("诉讼").And.NotContain("我们楼");
    }

    [Fact]
    public void The_words_of_the_organisation_win_over_the_product_s()
    {
        var book = new MailTemplateBook();
        book.Replace(
            [new MailTemplate
            {
                OrganisationId = MailMaking.Organisation,
                Key = MailTemplateCatalogue.Reminder,
                Language = "zh",
                Subject = "请办 {{ task_number }}",
                Text = "# 请办\n\n{{ task_title }}",
            }], new HashSet<Guid>());

        var ours = MailMaking.Composer(book: book)
            .Compose(MailMaking.Draft(MailTemplateCatalogue.Reminder), MailMaking.Noon);
        var others = MailMaking.Composer(book: book).Compose(
            MailMaking.Draft(MailTemplateCatalogue.Reminder) with { OrganisationId = Guid.NewGuid() }, MailMaking.Noon);

        ours.Subject.Should().Be("[协商] 请办 R2026-00031");
        ours.TextBody.Should().Be("请办\n\n确定协商议题\n");
        others.Subject.Should().Be("[协商] XS2026-00012 提醒：确定协商议题（事项2026-3）");
    }

    [Fact]
    public void A_mail_for_the_digest_waits_for_the_hour_of_digests()
    {
        var mail = _composer.Compose(MailMaking.Draft() with { DigestLine = "一项任务" }, MailMaking.Noon);

        // Noon UTC+8; the next eight o'clock in Beijing is midnight UTC.
        mail.NotBefore.Should().Be(new DateTimeOffset(2026, 3, 6, 0, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void Nobody_can_be_written_to_at_an_address_that_is_none()
    {
        var compose = () =>
            _composer.Compose(MailMaking.Draft() with { Recipient = new("li.min", "李敏") }, MailMaking.Noon);

        compose.Should().Throw<ArgumentException>();
    }

    private static MailAttachment Attachment() =>
        new() { Id = Guid.NewGuid(), Name = "会议.ics", ContentType = "text/calendar", Content = [1] };
}
