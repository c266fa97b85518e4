namespace Consultation.Engine.Running;

public sealed partial class ActivityContext
{
    /// <summary>The open bookmarks of this execution, in order of creation.</summary>
    public IReadOnlyList<Bookmark> Bookmarks
    {
        get
        {
            if (Execution.BookmarkCount == 0) return [];
            var own = new List<Bookmark>(Execution.BookmarkCount);
            foreach (var bookmark in Run.BookmarkList)
            {
                if (bookmark.Execution == Execution) own.Add(bookmark);
            }

            return own;
        }
    }

    /// <summary>
    /// Makes the run wait here. An execution may hold several bookmarks; when it completes, all of them go.
    /// </summary>
    public Bookmark CreateBookmark(BookmarkRequest request)
    {
        var name = request.Name ?? Node.Type;
        var bookmark = new Bookmark(
            request.Id ?? NewId(), name, request.Stimulus, BookmarkHash.Value(name, request.Stimulus), Execution)
        {
            Payload = request.Payload,
            CreatedAt = Now,
            DueAt = request.DueAt,
            AutoBurn = request.AutoBurn,
            Tag = request.Tag,
        };
        _step.Add(bookmark);
        return bookmark;
    }

    /// <summary>A bookmark that only a timer resumes.</summary>
    public Bookmark CreateTimer(DateTimeOffset dueAt, string? tag = null, object? payload = null) =>
        CreateBookmark(new BookmarkRequest { DueAt = dueAt, Tag = tag, Payload = payload });

    /// <summary>Removes a bookmark of this execution; false if it is not there.</summary>
    public bool RemoveBookmark(string bookmarkId)
    {
        var bookmark = Run.FindBookmark(bookmarkId);
        if (bookmark is null || bookmark.Execution != Execution) return false;
        _step.Remove(bookmark);
        return true;
    }

    /// <summary>Removes all bookmarks of this execution that carry the tag; all of them when it is null.</summary>
    public void RemoveBookmarks(string? tag = null)
    {
        foreach (var bookmark in Bookmarks)
        {
            if (tag is null || bookmark.Tag == tag) _step.Remove(bookmark);
        }
    }
}
