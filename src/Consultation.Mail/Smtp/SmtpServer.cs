using Consultation.Mail.Outgoing;
using MimeKit;

namespace Consultation.Mail.Smtp;

/// <summary>
/// Hands mails to one SMTP server, one after the other on one connection, which is closed when it has been idle for a
/// while. A server that hung up between two mails is called once more.
/// </summary>
internal sealed class SmtpServer : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly SmtpSettings _settings;
    private readonly SmtpTrouble _trouble;
    private readonly AccessToken _token;
    private readonly ITimer _idle;
    private readonly TimeProvider _time;
    private SmtpConnection? _connection;

    /// <summary>Connects when the first mail comes.</summary>
    /// <param name="settings">The server.</param>
    /// <param name="section">Where it stands in the settings, e.g. "Mail:Smtp"; complaints name its keys.</param>
    /// <param name="time">The clock.</param>
    public SmtpServer(SmtpSettings settings, string section, TimeProvider time)
    {
        (_settings, _time) = (settings, time);
        _trouble = new(settings, section);
        _token = new(settings.OAuth, section, time);
        _idle = time.CreateTimer(_ => CloseIdle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Host and port, as people read it.</summary>
    public string Name => $"{_settings.Host}:{_settings.Port}";

    /// <summary>Hands over one mail; what a server answers or a network does is a result.</summary>
    public async Task<TransportResult> SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            using var late = new CancellationTokenSource(_settings.SendTimeout, _time);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
            return await HandOverAsync(message, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var maybeTaken = _connection is { MaybeTaken: true };
            Drop();
            return _trouble.OfSilence(maybeTaken);
        }
        catch
        {
            // In the middle of a command nobody knows what the server heard.
            Drop();
            throw;
        }
        finally
        {
            _gate.Release();
            _idle.Change(_settings.KeepOpen, Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _idle.Dispose();
        Close();
        _gate.Dispose();
    }

    private async Task<TransportResult> HandOverAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        var kept = _connection is { IsConnected: true };
        if (!kept && await OpenAsync(cancellationToken) is { } trouble) return trouble;
        try
        {
            await _connection!.HandOverAsync(message, cancellationToken);
            return new TransportResult.Delivered();
        }
        catch (Exception exception) when (kept && _connection!.HadHungUp(exception))
        {
            Drop();
            return await HandOverAsync(message, cancellationToken);
        }
        catch (Exception exception) when (SmtpTrouble.Knows(exception))
        {
            return _trouble.OfSending(exception, _connection!.MaybeTaken);
        }
    }

    /// <summary>Makes the connection; what kept it from coming about, or null.</summary>
    private async Task<TransportResult?> OpenAsync(CancellationToken cancellationToken)
    {
        Drop();
        var connection = _connection = new SmtpConnection(_settings);
        try
        {
            await connection.OpenAsync(_token, cancellationToken);
            return null;
        }
        catch (Exception exception) when (SmtpTrouble.Knows(exception))
        {
            var result = _trouble.OfOpening(exception, connection);
            Drop();
            return result;
        }
    }

    private void CloseIdle()
    {
        // A mail on its way sets the timer anew.
        if (!_gate.Wait(0)) return;
        try
        {
            Close();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Says goodbye, if the server still listens, and closes.</summary>
    private void Close()
    {
        try
        {
            if (_connection is not { IsConnected: true } open) return;
            open.Timeout = 1000;
            open.Disconnect(quit: true);
        }
        catch (Exception exception) when (SmtpTrouble.Knows(exception))
        {
            // It is closed either way.
        }
        finally
        {
            Drop();
        }
    }

    private void Drop()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
