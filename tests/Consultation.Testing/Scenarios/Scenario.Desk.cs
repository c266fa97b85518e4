using Consultation.Activities.Desk;
using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Cases.TrackedItems;

namespace Consultation.Testing.Scenarios;

/// <content>What people do at pages besides answering tasks.</content>
public sealed partial class Scenario
{
    /// <summary>Puts a tracked item into other hands, as its page does; answers what to mend.</summary>
    public IReadOnlyList<FieldError> HandOver(TrackedItem item, ItemHands hands, string reason) =>
        Edit(file => ItemHandOver.Edit(file, new HandOver
        {
            OrganisationId = item.OrganisationId,
            ItemId = item.Id,
            ActorId = District.Secretary.Id,
            Hands = hands,
            Seen = ItemHands.Of(item).Mark,
            Reason = reason,
            OperationId = Guid.NewGuid().ToString("N"),
        }, _tools, Now), Tasks);

    /// <summary>Does something with a meeting of the case, as its page does; answers what to mend.</summary>
    public IReadOnlyList<FieldError> Do(MeetingAct act) =>
        Edit(file => MeetingActs.Edit(file, act, _tools, Now), Tasks);

    /// <summary>Tells the open tasks of a person that who acts for the person has changed, as the desk does.</summary>
    public void NoteActing(Person person, string occasion = "test")
    {
        foreach (var task in Open.Where(task => task.Assignees.Exists(seat => seat.PersonId == person.Id)).ToList())
        {
            Send(task, new TaskMessage.Acting(person.Id, occasion).Write());
        }
    }
}
