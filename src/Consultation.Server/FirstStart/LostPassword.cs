using Consultation.Cases.People;
using Consultation.Storage;
using Consultation.Storage.People;
using Microsoft.AspNetCore.Identity;

namespace Consultation.Server.FirstStart;

/// <summary>
/// Gives a log-in a new password from the host's console, for an organisation whose only administrator has lost his.
/// Who can run it can read the database anyway. The host may be running meanwhile.
/// </summary>
internal sealed class LostPassword(
    Database database, AccountStore accounts, GuessStore guesses, IPasswordHasher<Account> hasher,
    ILogger<LostPassword> log)
{
    /// <summary>
    /// Prints a password that must be changed at the next sign-in; false, with what is wrong, when there is no such
    /// log-in.
    /// </summary>
    public async Task<bool> RenewAsync(string userName, TextWriter console, CancellationToken cancellationToken)
    {
        if (userName.Length == 0)
        {
            await console.WriteLineAsync("请在 --new-password 后面写明登录名 / name the log-in after --new-password");
            return false;
        }

        if (await database.FindTroubleAsync(cancellationToken) is { } trouble)
        {
            await console.WriteLineAsync($"数据库无法使用 / the database cannot be used:\n  {trouble}");
            return false;
        }

        if (await accounts.FindByUserNameAsync(userName, cancellationToken) is not { } account)
        {
            await console.WriteLineAsync(
                $"没有登录名“{userName}”，请核对后再试 / there is no log-in “{userName}”; check the name and try again");
            return false;
        }

        var password = LogInSecrets.NewPassword();
        await accounts.SavePasswordAsync(
            account.PersonId, hasher.HashPassword(account, password), LogInSecrets.NewStamp(), mustChange: true,
            cancellationToken);
        await guesses.ForgetAsync(GuessRule.NameOf(account.UserName), cancellationToken);
        log.PasswordRenewed(account.UserName);
        await console.WriteLineAsync(
            $"{account.Name}，登录名 / log-in name: {account.UserName}\n  新密码 / new password: {password}\n"
            + "  只显示这一次，下次登录时请改成自己的密码。/ Shown this once; you choose your own at the next sign-in.");
        return true;
    }
}
