using System.Text.Json;
using HsNas.Contracts.Requests;
using HsNas.Kernel;

namespace HsNas.Dashboard.Models;

/// <summary>The form that starts a sweep.</summary>
/// <param name="Axes">What a grid may vary.</param>
/// <param name="Tasks">Tasks that can be searched.</param>
public sealed record SweepStartModel(IReadOnlyList<RequestField> Axes, IReadOnlyList<string> Tasks)
{
    /// <summary>A request to begin from: a task that is there, three seeds.</summary>
    public string Example => JsonSerializer.Serialize(
        new
        {
            name = "three seeds",
            search = new { task = Tasks.Count > 0 ? Tasks[0] : "tiny-en-de", trainWinner = false },
            grid = new Dictionary<string, object> { ["evolution.seed"] = new[] { 1, 2, 3 } },
            parallel = 1,
        },
        Json.Indented);
}
