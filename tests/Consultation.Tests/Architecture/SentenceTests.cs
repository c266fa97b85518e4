using System.Text.RegularExpressions;

namespace Consultation.Tests.Architecture;

/// <summary>
/// What code writes for code is a type: nothing is written as a sentence here and cut apart there. Text is taken apart
/// only where it comes from outside, or where one class is writer and reader of a small language.
/// </summary>
public sealed partial class SentenceTests
{
    /// <summary>
    /// Files that take text apart, each with whose text it is. The engine reads languages by trade and is not looked
    /// at.
    /// </summary>
    private static readonly Dictionary<string, string> Readers = new()
    {
        ["Consultation.Cases/People/Import/DirectoryPlanner.People.cs"] = "roles as people type them in one cell",
        ["Consultation.Server/Rehearsals/PlayReport.cs"] = "names in a sentence, to put them in order",
        ["Consultation.Server/Rehearsals/RehearseCommand.cs"] = "words of a command line",
        ["Consultation.Server/Material/FileScan.cs"] = "a scanner's command and its answer",
        ["Consultation.Cases/Attachments/UploadTicket.cs"] = "tickets that a form or a script posts",
        ["Consultation.Cases/Attachments/FileNames.cs"] = "names of files that people hand in",
        ["Consultation.Cases/Archiving/ArchiveList.cs"] = "items of the archive as people type them in a rule",
        ["Consultation.Cases/Attachments/FileKinds.cs"] = "kinds of files as people type them in a rule",
        ["Consultation.Cases/Attachments/ContentInspection.cs"] = "the content of files that people hand in",
        ["Consultation.Cases/Attachments/ArchiveInspection.cs"] = "the content of files that people hand in",
        ["Consultation.Cases/Evaluation/Indicators.cs"] = "thresholds as people type them in one cell",
        ["Consultation.Server/Telemetry/MetricsDoor.cs"] = "headers of a request",
        ["Consultation.Web/SignIn/OpenIdRegistration.cs"] = "address of a provider in the settings",
        ["Consultation.Web/Layout/PostedOperation.cs"] = "names of posted fields",
        ["Consultation.Cases/Votes/Fraction.cs"] = "a share as people write it",
        ["Consultation.Web/Links/NoticeText.cs"] = "paragraphs of a mail, to show them",
        ["Consultation.Storage/Mapping/SearchGrams.cs"] = "words of a text that a search finds",
        ["Consultation.Cases/People/ApiKey.cs"] = "keys that programs send; writer and reader of them",
        ["Consultation.Cases/Surveys/SurveyOpening.cs"] = "an audience that a workflow's designer writes",
        ["Consultation.Web/SignIn/MachineAnswer.cs"] = "language of a request",
        ["Consultation.Web/SignIn/MachineTokens.cs"] = "tokens that programs send; writer and reader of them",
        ["Consultation.Web/Surveys/QuestionLists.cs"] = "options of a question as people type them",
        ["Consultation.Cases/Calendar/IcsLines.cs"] = "lines of a calendar file",
        ["Consultation.Cases/Calendar/MeetingTime.cs"] = "a time of day that people typed",
        ["Consultation.Activities/Notices/NoticeRecipients.cs"] = "whom a workflow's designer names",
        ["Consultation.Activities/Designer/DefinitionLint.cs"] = "type names of steps",
        ["Consultation.Activities/Others/ActivityLoadContext.cs"] = "the runtime's list of its own assemblies",
        ["Consultation.Api/Answers.cs"] = "languages of a request",
        ["Consultation.Api/Descriptors/DescriptorEndpoints.cs"] = "Elsa's activity type names",
        ["Consultation.Api/Document/ApiDocument.cs"] = "addresses of the API",
        ["Consultation.Api/ElsaPermissions.cs"] = "addresses of the API",
        ["Consultation.Api/Endpoints/EndpointRequest.cs"] = "media types of a request",
        ["Consultation.Api/Endpoints/EndpointRoutes.cs"] = "path of a request",
        ["Consultation.Api/Instances/InstanceFile.cs"] = "variables in a file that Elsa exported",
        ["Consultation.Api/Instances/InstanceImport.cs"] = "names of uploaded files",
        ["Consultation.Api/Studio/StudioFiles.cs"] = "paths of Studio's files",
        ["Consultation.Api/Studio/StudioPages.cs"] = "names of Studio's elements, and the language of a request",
        ["Consultation.Cases/Calendar/IcsCalendar.cs"] = "calendar files",
        ["Consultation.Cases/Calendar/StateCouncilCalendar.cs"] = "the State Council's list of holidays",
        ["Consultation.Cases/Calendar/WorkingDuration.cs"] = "durations as people type them; writer and reader of them",
        ["Consultation.Cases/Documents/AnnexWorkbook.cs"] = "lines that people typed, to count them",
        ["Consultation.Cases/Matters/Import/CsvTable.cs"] = "lines of a table that was handed in",
        ["Consultation.Cases/Matters/Import/ExcelSheet.cs"] = "places of cells in a workbook",
        ["Consultation.Cases/Matters/Import/ExcelTable.cs"] = "names of parts in a workbook",
        ["Consultation.Cases/Matters/Import/HtmlTable.cs"] = "rows of a web page that was handed in",
        ["Consultation.Cases/Matters/Import/TextFile.cs"] = "the beginning of a file that was handed in",
        ["Consultation.Cases/Documents/DocumentText.cs"] = "lines that people typed",
        ["Consultation.Cases/Forms/FormValues.cs"] = "several choices of a posted field; writer and reader of them",
        ["Consultation.Cases/Forms/PlanPartCell.cs"] =
            "an entry that a page posts as a bare key; writer and reader of it",
        ["Consultation.Cases/LocalText.cs"] = "culture names",
        ["Consultation.Cases/Meetings/AgendaTimes.cs"] = "items of an agenda that people typed",
        ["Consultation.Cases/Meetings/MeetingDraft.cs"] = "lines of two drafts of minutes, to compare them",
        ["Consultation.Cases/Meetings/MeetingRules.cs"] = "least numbers by class that a workflow's designer writes",
        ["Consultation.Cases/People/FieldWords.cs"] = "fields of a person or unit that somebody typed",
        ["Consultation.Cases/Publishing/PublicationRules.cs"] = "names that proposers typed",
        ["Consultation.Web/Public/PublicCache.cs"] = "the path of a request",
        ["Consultation.Cases/TypedText.cs"] = "what people type, and words that somebody looks for",
        ["Consultation.Cases/Calendar/IcsMark.cs"] = "names in calendar files",
        ["Consultation.Web/Links/SubPath.cs"] = "addresses of pages",
        ["Consultation.Cases/People/AssigneeSpec.cs"] = "whom a workflow's designer names; writer and reader of it",
        ["Consultation.Mail/Channel/ChannelKeys.cs"] = "signatures of a gateway",
        ["Consultation.Mail/Templates/ShortWords.cs"] = "lines of a file of words, names of a template's values",
        ["Consultation.Mail/Incoming/DeliveryReports.cs"] = "fields of mail servers' reports",
        ["Consultation.Mail/Incoming/IncomingSettings.cs"] = "the reply address of the settings",
        ["Consultation.Mail/Incoming/MachineSigns.cs"] = "addresses of mails that came in",
        ["Consultation.Mail/Incoming/MessageBounds.cs"] = "lines of mails that came in",
        ["Consultation.Mail/Incoming/ReplyTokens.cs"] = "addresses to which mails went; writer and reader of the token",
        ["Consultation.Mail/Incoming/SenderCheck.cs"] = "addresses, and what a relay says of them",
        ["Consultation.Mail/Outgoing/MailAddressRule.cs"] = "the domain of an address",
        ["Consultation.Mail/Templates/MailMarkup.cs"] = "markup that people type into a mail template",
        ["Consultation.Mail/Templates/MailTemplateBook.cs"] = "culture names",
        ["Consultation.Runtime/Definitions/DefinitionPackage.cs"] = "names of files in an archive",
        ["Consultation.Runtime/Outside/AllowedHosts.cs"] = "hosts of the settings",
        ["Consultation.Runtime/Outside/HttpContentReader.cs"] = "media types of an answer",
        ["Consultation.Runtime/Runs/StepTaker.cs"] = "Elsa's strategy type names in a definition",
        ["Consultation.Server/HostRegistration.cs"] = "addresses of the settings",
        ["Consultation.Storage/Reading/Flowcharts/RunViewReader.cs"] = "Elsa's node ids, which are paths",
        ["Consultation.Storage/Sqlite/SqliteSetup.cs"] = "the connection string of the settings",
        ["Consultation.Web/Cases/NewCasePage.razor"] = "the query of an address",
        ["Consultation.Web/Definitions/LineDifference.cs"] = "lines of two definitions, to compare them",
        ["Consultation.Web/Errors/GivenBack.cs"] = "names of posted fields",
        ["Consultation.Web/Layout/Download.cs"] = "file names",
        ["Consultation.Web/Layout/Navigation.razor"] = "the address of a page",
        ["Consultation.Web/Layout/Notice.razor"] = "the query of an address",
        ["Consultation.Web/Layout/TableExport.cs"] = "the address of a page",
        ["Consultation.Web/Matters/ActPage.razor"] = "the query of an address",
        ["Consultation.Web/Matters/MergePage.razor"] = "the query of an address",
        ["Consultation.Web/SignIn/SessionOver.cs"] = "where an answer leads to",
        ["Consultation.Web/Templates/TemplatePage.razor"] = "lines of a template that was posted",
        ["Consultation.Web/Texts/DeskTexts.cs"] = "names of embedded files",
    };

    private static readonly List<string> Cutting =
    [
        .. Repository.Files("src", ".cs", ".razor")
            .Where(path => !path.StartsWith("src/Consultation.Engine/", StringComparison.Ordinal)
                && !path.Contains("/Migrations/", StringComparison.Ordinal))
            .Where(path => Cut().IsMatch(Comment().Replace(Repository.Read(path), "")))
            .Select(path => path["src/".Length..]),
    ];

    [Fact]
    public void Text_is_taken_apart_only_by_the_readers_listed_here() =>
        Cutting.Except(Readers.Keys).Should()
            .BeEmpty("what code writes and reads is a record with one JSON reader and writer; see TimerBasis");

    [Fact]
    public void Every_reader_listed_here_still_takes_text_apart() => Readers.Keys.Except(Cutting).Should().BeEmpty();

    /// <summary>Splitting, looking for a place, and asking how a text begins or ends by a literal.</summary>
    [GeneratedRegex(
        """\.(Split|Substring)\(|\.(Last)?IndexOf\(\s*(['"]|\w+ => )|\.(StartsWith|EndsWith)\(\s*\$?['"]""")]
    private static partial Regex Cut();

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
