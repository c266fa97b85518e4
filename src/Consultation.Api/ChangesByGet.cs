namespace Consultation.Api;

/// <summary>
/// Marks an address that changes something although it is asked by GET, as Elsa's scripts do. With a cookie it needs
/// the page's token like every change, so that a link or a picture on another page cannot call it.
/// </summary>
internal sealed class ChangesByGet
{
    private ChangesByGet()
    {
    }

    public static readonly ChangesByGet Here = new();
}
