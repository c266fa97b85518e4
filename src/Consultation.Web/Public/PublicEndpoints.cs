using System.Globalization;
using System.Text;
using System.Xml;
using Consultation.Cases.Publishing;
using Consultation.Mail;
using Consultation.Storage.Reading.Matters;
using Consultation.Storage.Reading.Publishing;
using Consultation.Web.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Web.Public;

/// <summary>Feeds of what was published: news readers and calendar programs subscribe to them.</summary>
internal static class PublicEndpoints
{
    private const int Entries = 50, Meetings = 200;
    private const string Atom = "http://www.w3.org/2005/Atom";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/p/{slug}/feed.atom", FeedAsync).AllowAnonymous();
        endpoints.MapGet("/p/{slug}/meetings.ics", CalendarAsync).AllowAnonymous();
    }

    private static async Task<IResult> FeedAsync(
        string slug, string? kind, PublicReader halls, PublicationReader reader, DeskTexts texts, MailOptions mail,
        TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await halls.FindHallAsync(slug, cancellationToken) is not { } hall) return Results.NotFound();
        PublicationKind? only = kind switch
        {
            "topics" => PublicationKind.Topic,
            "meetings" => PublicationKind.Meeting,
            "results" => PublicationKind.Result,
            _ => null,
        };
        var found = await reader.LatestAsync(hall.Id, only, TodayOf(hall, clock), Entries, cancellationToken);
        var own = Root(mail, hall);
        return Results.Bytes(Write(hall, found, own, only, texts), "application/atom+xml; charset=utf-8");
    }

    private static async Task<IResult> CalendarAsync(
        string slug, PublicReader halls, PublicationReader reader, DeskTexts texts, MailOptions mail,
        TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await halls.FindHallAsync(slug, cancellationToken) is not { } hall) return Results.NotFound();
        var found = await reader.LatestAsync(
            hall.Id, PublicationKind.Meeting, TodayOf(hall, clock), Meetings, cancellationToken);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(hall.TimeZone);
        var text = PublicCalendar.Write(texts["hall.title", texts.Of(hall.Name)], found
            .Where(one => one.Meeting is not null).Select(one => new PublicMeetingEvent(
                one.Publication.Id.Value, one.Publication.Title, one.Publication.TextOf("place"),
                At(one.Meeting!.On, one.Meeting.From, zone), At(one.Meeting.On, one.Meeting.To, zone),
                one.Meeting.Sequence + one.Publication.Version,
                one.Meeting.State == Consultation.Cases.Meetings.MeetingState.CalledOff,
                $"{Root(mail, hall)}/x/{one.Publication.Id.Value:N}", one.Publication.ChangedAt)));
        return Results.Text(text, "text/calendar; charset=utf-8", Encoding.UTF8);
    }

    private static byte[] Write(
        PublicHall hall, IReadOnlyList<PublicEntry> entries, string own, PublicationKind? only, DeskTexts texts)
    {
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartElement("feed", Atom);
            xml.WriteElementString("title", Atom, texts["hall.title", texts.Of(hall.Name)]);
            xml.WriteElementString("id", Atom, only is null ? own : $"{own}#{only}");
            Link(xml, "alternate", own);
            Link(xml, "self", $"{own}/feed.atom");
            xml.WriteElementString("updated", Atom, Stamp(entries.Count == 0
                ? DateTimeOffset.UnixEpoch : entries.Max(one => one.Publication.ChangedAt)));
            xml.WriteStartElement("author", Atom);
            xml.WriteElementString("name", Atom, texts.Of(hall.Name));
            xml.WriteEndElement();
            foreach (var entry in entries) Write(xml, entry, own, texts);
            xml.WriteEndElement();
        }

        return buffer.ToArray();
    }

    private static void Write(XmlWriter xml, PublicEntry entry, string own, DeskTexts texts)
    {
        var one = entry.Publication;
        var address = $"{own}/x/{one.Id.Value:N}";
        xml.WriteStartElement("entry", Atom);
        xml.WriteElementString("title", Atom, $"{texts.Name(one.Kind)} · {one.Title}");
        xml.WriteElementString("id", Atom, $"urn:uuid:{one.Id.Value:D}");
        Link(xml, "alternate", address);
        xml.WriteElementString("published", Atom, Stamp(one.FirstAt));
        xml.WriteElementString("updated", Atom, Stamp(one.ChangedAt));
        var words = one.Texts.Where(text => text.Level == FieldLevel.Public).Select(text => text.Text);
        var lines = entry.Meeting is { } meeting
            ? words.Prepend($"{meeting.On:yyyy-MM-dd} {meeting.From:HH\\:mm}–{meeting.To:HH\\:mm}")
            : words.Concat(entry.Promises.Select(promise => promise.Text));
        xml.WriteElementString("summary", Atom, string.Join("\n\n", lines));
        xml.WriteEndElement();
    }

    private static void Link(XmlWriter xml, string relation, string address)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }

    private static string Stamp(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Root(MailOptions mail, PublicHall hall) =>
        $"{mail.PublicBaseUrl.ToString().TrimEnd('/')}/p/{hall.Slug}";

    private static DateOnly TodayOf(PublicHall hall, TimeProvider clock) => DateOnly.FromDateTime(
        TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(hall.TimeZone)).DateTime);

    private static DateTimeOffset At(DateOnly day, TimeOnly hour, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(hour);
        return new(local, zone.GetUtcOffset(local));
    }
}
