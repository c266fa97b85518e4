using System.Globalization;
using Consultation.Cases.Forms;
using Consultation.Cases.Rehearsals;
using Consultation.Storage.Rehearsals;

namespace Consultation.Server.Rehearsals;

/// <summary>
/// <c>--rehearse DEFINITION [--start yyyy-MM-dd] [--seed n] [--plays n]</c>: plays a workflow of the first organisation
/// and prints what came of it; 1 when it came to a dead end or could not be played.
/// </summary>
internal sealed class RehearseCommand(IRehearsals rehearsals, RehearsalReader reader, TimeProvider time)
{
    /// <summary>The option that asks for a rehearsal.</summary>
    public const string Option = "--rehearse";

    private static readonly string[] Values = [Option, "--start", "--seed", "--plays"];

    /// <summary>The arguments without those of the command, for the host's settings.</summary>
    public static IEnumerable<string> Without(IReadOnlyList<string> args)
    {
        if (!args.Contains(Option)) return args;
        return args.Where((argument, index) =>
            !Values.Contains(argument) && (index == 0 || !Values.Contains(args[index - 1])));
    }

    /// <summary>Plays.</summary>
    public async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter console, CancellationToken cancellationToken)
    {
        if (await reader.FirstOrganisationAsync(cancellationToken) is not { } organisation)
        {
            await console.WriteLineAsync("没有单位，请先启动一次 / there is no organisation; start the host once");
            return 1;
        }

        var (definition, start) = (ValueOf(args, Option), ValueOf(args, "--start"));
        if (definition is null || (start is not null && FormValues.Day(start) is null)
            || !IsNumber(args, "--seed") || !IsNumber(args, "--plays"))
        {
            await console.WriteLineAsync(
                "用法 / usage: --rehearse DEFINITION [--start yyyy-MM-dd] [--seed n] [--plays n]");
            return 1;
        }

        var day = FormValues.Day(start ?? "") ?? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var job = await rehearsals.PlayAsync(
            organisation,
            new RehearsalSettings
            {
                DefinitionId = definition,
                Start = day,
                Seed = Number(args, "--seed") ?? 1,
                Plays = Number(args, "--plays") ?? 1,
            },
            cancellationToken);
        if (job.Play is not { } play || job.Error is not null)
        {
            await console.WriteLineAsync($"{job.Error?.Zh} / {job.Error?.For("en")}");
            return 1;
        }

        await WriteAsync(job, play, console);
        return job.Spread.Plays.Any(one => one.HasDeadEnd) ? 1 : 0;
    }

    private static async Task WriteAsync(RehearsalJob job, RehearsalPlay play, TextWriter console)
    {
        await console.WriteLineAsync(
            $"{job.Settings.DefinitionId}  种子 / seed {play.Seed}: {play.From:yyyy-MM-dd} – {play.To:yyyy-MM-dd}, "
            + $"{play.WorkingDays} 个工作日 / working days; {play.End}, {RehearsalCheck.NameOf(play.State).Zh}");
        await console.WriteLineAsync(
            $"任务 / tasks {play.Tasks.Count}, 邮件 / mails {play.Mails.Count}, 文件 / documents {play.Papers.Count}, "
            + $"会议 / meetings {play.Meetings.Count}");
        foreach (var finding in play.Findings)
        {
            var mark = finding.IsDeadEnd ? "✗" : "!";
            await console.WriteLineAsync($"  {mark} {finding.Text.Zh} / {finding.Text.For("en")}");
        }

        if (job.Spread.Plays.Count < 2) return;
        var (longest, likeliest) = (job.Spread.Longest!, job.Spread.Likeliest!);
        await console.WriteLineAsync(
            $"{job.Spread.Plays.Count} 次 / plays: 半数在 {job.Spread.WithinPercent(50)}、九成在 "
            + $"{job.Spread.WithinPercent(90)} 个工作日内 / half within {job.Spread.WithinPercent(50)}, nine of ten within "
            + $"{job.Spread.WithinPercent(90)} working days");
        await console.WriteLineAsync(
            $"最长 / longest: {longest.WorkingDays} (seed {longest.Seed}); 最可能 / likeliest: {likeliest.WorkingDays} "
            + $"(seed {likeliest.Seed}); 走法 / courses: {job.Spread.Courses.Count}; 死路 / dead ends: "
            + $"{job.Spread.Plays.Count(one => one.HasDeadEnd)}");
    }

    private static string? ValueOf(IReadOnlyList<string> args, string option)
    {
        for (var index = 0; index < args.Count - 1; index++)
        {
            var value = args[index + 1];
            if (args[index] == option && !value.StartsWith("--", StringComparison.Ordinal)) return value;
        }

        return null;
    }

    private static bool IsNumber(IReadOnlyList<string> args, string option) =>
        !args.Contains(option) || Number(args, option) is not null;

    private static int? Number(IReadOnlyList<string> args, string option) => int.TryParse(
        ValueOf(args, option), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
