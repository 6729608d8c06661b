using HsNas.Contracts.Requests;
using HsNas.Spaces;

namespace HsNas.Functions.Predictors;

/// <summary>Whether a space has enough architectures to label.</summary>
internal static class LabelRoom
{
    /// <summary>The fault of asking for more labels than there are architectures besides the seeds; null where there are enough.</summary>
    public static FieldError? Fault(TaskDefinition task, int labels, int seeds)
    {
        var room = SearchSpaceCounts.Of(task.Space).Architectures - seeds;
        return labels <= room ? null
            : new FieldError(SearchFields.Labels.Name,
                $"is {labels}; the space of {task.Name} holds only {room} architectures that are not seeds.");
    }
}
