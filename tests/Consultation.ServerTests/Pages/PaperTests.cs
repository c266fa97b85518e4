using System.Net;
using DocumentFormat.OpenXml.Packaging;

namespace Consultation.ServerTests.Pages;

/// <summary>The look of an organisation's official documents, edited at the desk.</summary>
public sealed class PaperTests(DeskHost host) : IClassFixture<DeskHost>
{
    [Fact]
    public async Task An_office_gives_its_documents_a_head_a_signature_and_words_and_downloads_a_specimen()
    {
        using var browser = await host.SignedInAsync();
        await browser.GetAsync("/policies/papers");
        await browser.PostAsync("papers", new()
        {
            ["mark"] = "通河区政协文件",
            ["signer"] = "通河区政协秘书处",
            ["copy-to"] = "区委办公室",
            ["notice.red"] = "true",
            ["notice.imprint"] = "true",
            ["notice.word"] = "通协办",
        });
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, browser.Text);

        await browser.GetAsync("/policies/papers");
        browser.Page.QuerySelector("[name='notice.word']")!.GetAttribute("value").Should().Be("通协办");

        await browser.GetAsync("/policies/papers/notice/preview");
        using var word = WordprocessingDocument.Open(
            new MemoryStream(await browser.Answer.Content.ReadAsByteArrayAsync()), false);
        word.MainDocumentPart!.Document.InnerText.Should().Contain("通河区政协文件").And.Contain("通协办〔")
            .And.Contain("通河区政协秘书处").And.Contain("抄送：区委办公室。");
    }

    [Fact]
    public async Task Two_kinds_with_one_word_are_refused_at_the_field()
    {
        using var browser = await host.SignedInAsync();
        await browser.GetAsync("/policies/papers");

        await browser.PostAsync("papers", new() { ["notice.word"] = "协催" });

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        browser.Text.Should().Contain("“协催”已用于另一种文书");
    }

    [Fact]
    public async Task There_is_no_specimen_of_an_unknown_kind()
    {
        using var browser = await host.SignedInAsync();

        await browser.GetAsync("/policies/papers/poster/preview");

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }
}
