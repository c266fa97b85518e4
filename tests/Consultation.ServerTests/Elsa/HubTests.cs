using System.Text.Json;
using System.Text.Json.Nodes;
using Consultation.Cases;
using Consultation.Runtime;
using Consultation.Runtime.Stimuli;
using Consultation.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Elsa;

/// <summary>The live line of an instance's page, spoken by hand as the designer speaks it.</summary>
public sealed class HubTests(WorkingHost host) : IClassFixture<WorkingHost>
{
    private const char End = '\u001e';
    private const string Hub = "/elsa/hubs/workflow-instance";

    [Fact]
    public async Task Who_watches_an_instance_is_told_at_once_and_when_it_moves()
    {
        var client = await host.AdministratorAsync();
        await client.SaveAsync(
            "看着它", [ElsaClient.Activity("Wait1", "Elsa.Event", ("eventName", ElsaClient.Literal("hub-go")))],
            definitionId: "hub-run");
        using var run =
            await client.SendAsync("POST", "/workflow-definitions/hub-run/execute", new { versionOptions = "Latest" });
        var id = run.Headers.GetValues("x-elsa-workflow-instance-id").Single();
        var line = await Line.OpenAsync(client);

        await line.SayAsync(new
        {
            type = 1,
            invocationId = "0",
            target = "ObserveInstanceAsync",
            arguments = new[] { id },
        });
        var joined = await line.HearAsync("WorkflowInstanceUpdatedAsync");
        await client.JsonAsync("POST", "/events/hub-go/trigger", new { });
        var stats = await line.HearAsync(
            "ActivityExecutionLogUpdatedAsync", message => message["arguments"]![0]!["stats"]!.AsArray()
            .Any(one => one!["activityId"]!.ToString() == "Wait1" && one["completedCount"]!.GetValue<int>() == 1));
        await line.HearAsync("WorkflowExecutionLogUpdatedAsync");
        var moved = await line.HearAsync("WorkflowInstanceUpdatedAsync");

        joined["arguments"]![0]!["workflowInstanceId"]!.ToString().Should().Be(id);
        stats["arguments"]![0]!["stats"]![0]!.AsObject()
            .Should().ContainKeys(
                "activityNodeId", "startedCount", "uncompletedCount", "isBlocked", "isFaulted", "metadata");
        moved["arguments"]![0]!["workflowInstanceId"]!.ToString().Should().Be(id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nobody_hears_of_what_is_not_there_or_is_kept_from_them(bool isThere)
    {
        var client = await host.AdministratorAsync();
        var instance = isThere ? await OfRestrictedCaseAsync(client) : "no-such-instance";
        var line = await Line.OpenAsync(client);

        await line.SayAsync(new
        {
            type = 1,
            invocationId = "7",
            target = "ObserveInstanceAsync",
            arguments = new[] { instance },
        });
        var answer = await line.NextAsync(message => message["type"]!.GetValue<int>() is 1 or 3);

        answer["type"]!.GetValue<int>().Should().Be(3, "the call ends without a word about an instance");
        answer["invocationId"]!.ToString().Should().Be("7");
    }

    /// <summary>An instance that serves a restricted case, for which no administrator is cleared.</summary>
    private async Task<string> OfRestrictedCaseAsync(ElsaClient client)
    {
        await client.SaveAsync("hub-kept", [ElsaClient.Activity("Wait1", "Elsa.Event",
            ("eventName", ElsaClient.Literal("never")))], definitionId: "hub-kept", publish: true);
        await using var db = host.Services.GetRequiredService<Database>().Open();
        var kept = new Case
        {
            OrganisationId = (await db.Organisations.SingleAsync(one => one.Slug == "sample")).Id,
            Id = CaseId.New(),
            Kind = CaseKind.SixStep,
            Title = "限制查看事项",
            Restricted = true,
            OpenedAt = DateTimeOffset.UnixEpoch,
        };
        db.Add(kept);
        await db.SaveChangesAsync();
        var started = (StimulusResult.Applied)await host.Services.GetRequiredService<StimulusSender>().SendAsync(
            new StimulusMessage.StartRun("hub-kept") { CorrelationId = kept.Id.ToString() }, default);
        return started.InstanceId.Value;
    }

    /// <summary>
    /// A line to the hub. The designer's own is a WebSocket, which the browser tests use; here the same messages go by
    /// long polling, through the client that has the sign-in.
    /// </summary>
    private sealed class Line(HttpClient client, string address)
    {
        private readonly Queue<JsonNode> _heard = new();

        public static async Task<Line> OpenAsync(ElsaClient client)
        {
            using var negotiated = await client.SendAsync("POST", Hub + "/negotiate?negotiateVersion=1");
            var token = JsonNode.Parse(await negotiated.Content.ReadAsStringAsync())!["connectionToken"]!.ToString();
            var line = new Line(client.Http, $"{Hub}?id={Uri.EscapeDataString(token)}");
            (await client.Http.GetAsync(line.Address)).Dispose();
            await line.SayAsync(new { protocol = "json", version = 1 });
            return line;
        }

        private string Address => address;

        public async Task SayAsync(object message)
        {
            using var content = new StringContent(JsonSerializer.Serialize(message) + End);
            (await client.PostAsync(address, content)).EnsureSuccessStatusCode().Dispose();
        }

        public Task<JsonNode> HearAsync(string target, Func<JsonNode, bool>? holds = null) =>
            NextAsync(message => message["target"]?.ToString() == target && (holds is null || holds(message)));

        /// <summary>
        /// The next message that is meant; others are passed over. A line that stays silent for a minute fails the
        /// test.
        /// </summary>
        public async Task<JsonNode> NextAsync(Func<JsonNode, bool> holds)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            while (true)
            {
                while (_heard.TryDequeue(out var message))
                {
                    if (message["type"] is not null && holds(message)) return message;
                }

                var text = await client.GetStringAsync(address, patience.Token);
                foreach (var one in text.Split(End, StringSplitOptions.RemoveEmptyEntries))
                {
                    _heard.Enqueue(JsonNode.Parse(one)!);
                }
            }
        }
    }
}
