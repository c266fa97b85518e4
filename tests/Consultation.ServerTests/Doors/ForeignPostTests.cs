using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Consultation.Cases;
using Consultation.ServerTests.Desk;
using Consultation.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Doors;

/// <summary>
/// Every form of every page, as people of the sample organisation see it with its ids in it, is posted by an
/// administrator of another organisation: nothing of the sample changes, and nothing of it gets into the other
/// organisation.
/// </summary>
public sealed class ForeignPostTests(SampleDesk desk) : IClassFixture<SampleDesk>
{
    /// <summary>Tables that the host's own loops write meanwhile, and those that belong to nobody.</summary>
    private static readonly string[] NotCompared =
        ["Mails", "Inbox", "Bookmarks", "Runs", "Journal", "Operations", "Digests"];

    [Fact]
    public async Task No_form_of_another_organisation_does_anything()
    {
        var forms = await FormsAsync();
        forms.Select(form => form.Address.Split('/')[1].Split('?')[0]).Distinct().Should()
            .Contain(["cases", "tasks", "matters", "people", "units", "calendar", "mail-templates", "policies",
                "tracking", "delegations", "plans"], "the forms of these pages were tried");
        using var stranger = await desk.SignedInAsync();
        await stranger.GetAsync("/people/new");
        stranger.Answer.StatusCode.Should().Be(HttpStatusCode.OK, stranger.Answer.Headers.Location?.ToString());
        var token = stranger.Page.QuerySelector("input[name=_token]")!.GetAttribute("value")!;
        var ids = await IdsAsync();
        var before = await DumpAsync(desk.Organisation);

        foreach (var form in forms)
        {
            using var content = new FormUrlEncodedContent([.. form.Fields, new("_token", token)]);
            using var answer = await stranger.Client.PostAsync(form.Address, content);
            ((int)answer.StatusCode).Should().BeLessThan(500, $"{form}");
            if (ids.Any(id => form.Address.Contains(id, StringComparison.OrdinalIgnoreCase)
                && !form.Address.Contains('?', StringComparison.Ordinal)))
            {
                answer.StatusCode.Should()
                    .BeOneOf([HttpStatusCode.NotFound, HttpStatusCode.Forbidden, HttpStatusCode.BadRequest], $"{form}");
            }
        }

        (await DumpAsync(desk.Organisation)).Should().Be(before);
        var own = await DumpAsync(await StrangersOrganisationAsync());
        ids.Where(id => own.Contains(id, StringComparison.OrdinalIgnoreCase))
            .Should().BeEmpty("no row of the other organisation names anything of the sample");
    }

    /// <summary>
    /// All forms that the secretary and the administrator of the sample are shown, filled in with what is chosen or
    /// first to choose.
    /// </summary>
    private async Task<List<PostedForm>> FormsAsync()
    {
        var found = new Dictionary<string, PostedForm>();
        var addresses = await AddressesAsync();
        foreach (var user in new[] { "secretary", "sample-admin", "officer" })
        {
            using var browser = await desk.AsAsync(user);
            foreach (var address in addresses)
            {
                await browser.GetAsync(address);
                if (browser.Answer.StatusCode != HttpStatusCode.OK) continue;
                foreach (var form in browser.Page.QuerySelectorAll<IHtmlFormElement>("main form[method=post]"))
                {
                    var posted = Read(form, address);
                    found.TryAdd(posted.ToString(), posted);
                }
            }
        }

        return [.. found.Values];
    }

    private async Task<List<string>> AddressesAsync()
    {
        await using var db = desk.Services.GetRequiredService<Database>().Open();
        var sample = desk.Organisation;
        var matters = await db.Matters.Where(row => row.OrganisationId == sample && row.CaseId == null)
            .Select(row => row.Id).Take(2).ToListAsync();
        var subjects = new Dictionary<string, Guid>
        {
            ["cases"] = Guid.Parse(desk.Case.Split('/')[^1]),
            ["plans"] = Guid.Parse(desk.Plan.Split('/')[^1]),
            ["tasks"] = Guid.Parse(desk.Task.Split('/')[^1]),
            ["matters"] = matters[0].Value,
            ["people"] =
                (await db.People.Where(row => row.OrganisationId == sample).Select(row => row.Id).FirstAsync()).Value,
            ["units"] =
                (await db.Units.Where(row => row.OrganisationId == sample).Select(row => row.Id).FirstAsync()).Value,
            ["outbox"] = (await db.Mails.Where(row => row.OrganisationId == sample.Value).Select(row => row.Id)
                .FirstAsync()).Value,
        };
        var addresses = DoorTableTests.Endpoints(desk.Services).Where(DoorTableTests.TakesGet)
            .Select(DoorTableTests.Pattern)
            .Where(pattern =>
                !Regex.IsMatch(
                    pattern,
                    "^/(elsa|studio|workflows|sign-in|sign-out|account|assets|p/|t/|link|digest|errors|health"
                        + "|_framework)"))
            .Select(pattern => Regex.Replace(pattern, @"\{([^}]*)\}", match => match.Groups[1].Value switch
            {
                var id when id.EndsWith(":guid", StringComparison.Ordinal)
                    && subjects.TryGetValue(pattern.Split('/')[1], out var known) => known.ToString(),
                "Day" => "2026-05-01",
                "Key" when pattern.StartsWith("/policies/", StringComparison.Ordinal) => "standard",
                "Key" => "reminder",
                "Language" => "zh",
                _ => "none",
            })).ToList();
        var ids = string.Join(',', matters.Select(matter => matter.Value));
        return [.. addresses, $"/matters/merge?matter={ids}", $"/cases/new?matter={ids}", $"{desk.Task}?behalf=1"];
    }

    private static PostedForm Read(IHtmlFormElement form, string page)
    {
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var field in form.QuerySelectorAll("input[name],select[name],textarea[name],button[name]"))
        {
            var name = field.GetAttribute("name")!;
            if (name == "_token") continue;
            fields.Add(new(name, field switch
            {
                IHtmlInputElement { Type: "hidden" or "radio" or "checkbox" } input => input.Value,
                IHtmlInputElement { Type: "date" } => "2026-06-01",
                IHtmlInputElement input => input.Value.Length > 0 ? input.Value : "外来",
                IHtmlSelectElement select =>
                    select.Options.Select(option => option.Value).LastOrDefault(value => value.Length > 0) ?? "",
                IHtmlButtonElement button => button.Value,
                _ => "外来的内容",
            }));
        }

        return new PostedForm(form.GetAttribute("action") is { Length: > 0 } action
            ? action
            : page, fields.DistinctBy(field => field.Key).ToList());
    }

    private async Task<List<string>> IdsAsync()
    {
        await using var db = desk.Services.GetRequiredService<Database>().Open();
        var sample = desk.Organisation;
        return
        [
            .. (await db.Cases.Where(row => row.OrganisationId == sample).Select(row => row.Id).ToListAsync())
                .Select(id => id.Value.ToString()),
            .. (await db.Tasks.Where(row => row.OrganisationId == sample).Select(row => row.Id).ToListAsync())
                .Select(id => id.Value.ToString()),
            .. (await db.Matters.Where(row => row.OrganisationId == sample).Select(row => row.Id).ToListAsync())
                .Select(id => id.Value.ToString()),
            .. (await db.People.Where(row => row.OrganisationId == sample).Select(row => row.Id).ToListAsync())
                .Select(id => id.Value.ToString()),
            .. (await db.Units.Where(row => row.OrganisationId == sample).Select(row => row.Id).ToListAsync())
                .Select(id => id.Value.ToString()),
        ];
    }

    private async Task<OrganisationId> StrangersOrganisationAsync()
    {
        await using var db = desk.Services.GetRequiredService<Database>().Open();
        return (await db.People.SingleAsync(person => person.UserName == DeskHost.Administrator)).OrganisationId;
    }

    /// <summary>Every row of an organisation as text.</summary>
    private async Task<string> DumpAsync(OrganisationId organisation)
    {
        await using var db = desk.Services.GetRequiredService<Database>().Open();
        var text = new StringBuilder();
        var connection = db.Database.GetDbConnection();
        await connection.OpenAsync();
        var tables = db.Model.GetEntityTypes()
            .Where(type => type.FindProperty("OrganisationId") is not null || type.ClrType.Name == "Organisation")
            .Select(type =>
                (Name: type.GetTableName()!, Owner: type.ClrType.Name == "Organisation" ? "Id" : "OrganisationId"))
            .Distinct().Where(table => !NotCompared.Contains(table.Name))
            .OrderBy(table => table.Name, StringComparer.Ordinal);
        foreach (var (name, owner) in tables)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM \"{name}\" ORDER BY 1, 2";
            await using var reader = await command.ExecuteReaderAsync();
            var rows = new List<string>();
            while (await reader.ReadAsync())
            {
                if (!Guid.TryParse(reader[owner].ToString(), out var id) || id != organisation.Value) continue;
                rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount)
                    .Select(column => $"{reader.GetName(column)}={reader.GetValue(column)}")));
            }

            foreach (var row in rows.Order(StringComparer.Ordinal)) text.Append(name).Append(": ").AppendLine(row);
        }

        return text.ToString();
    }

    private sealed record PostedForm(string Address, IReadOnlyList<KeyValuePair<string, string>> Fields)
    {
        public override string ToString() =>
            $"{Address} {string.Join('&', Fields.Select(field => field.Key))} "
                + $"{Fields.FirstOrDefault(field => field.Key == "_handler").Value}";
    }
}
