using System.Text;
using MimeKit;

namespace Consultation.Testing.Mail;

/// <summary>Reads a message as a mail program does.</summary>
public static class ReadMime
{
    public static MimeMessage Of(string message) => MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(message)));
}
