using Consultation.Engine.Definitions;
using Consultation.Engine.Moves;
using Consultation.Engine.Running;

namespace Consultation.Testing.Scenarios;

/// <content>Moving the case's runs to another version of a workflow.</content>
public sealed partial class Scenario
{
    /// <summary>
    /// Moves every run of a workflow that still goes to another version of it, as the product does.
    /// </summary>
    /// <exception cref="InvalidOperationException">One of them cannot move, with the reasons.</exception>
    public IReadOnlyList<RunMove> Move(WorkflowDefinition next)
    {
        var (from, compiled) = (_workflows[next.DefinitionId], WorkflowCompiler.Compile(next, Catalog));
        var to = compiled.Workflow ?? throw new InvalidOperationException(
            string.Join('\n', compiled.Findings.Select(finding => finding.Sentence.En)));
        var map = NodeMap.Between(from, to);
        var moves = new List<RunMove>();
        foreach (var instance in _definitionOf.Where(one => one.Value == next.DefinitionId).Select(one => one.Key))
        {
            var state = RunState.Deserialize(_runs[instance]);
            if (state.IsOver) continue;
            var file = FileOf(Tasks);
            var move = RunMove.Of(state, map, file, Now);
            if (move.Blocks.Count > 0)
            {
                throw new InvalidOperationException(string.Join('\n', move.Blocks.Select(text => text.En)));
            }
            Commit(instance, file, move.Carry(new StepEnvironment { Now = Now, NewId = NewId, Host = file }));
            moves.Add(move);
        }

        _workflows[next.DefinitionId] = to;
        return moves;
    }
}
