using System.Collections.Concurrent;

namespace HsNas.Functions.Tests.Distillation;

/// <summary>
/// What the activities of a test's distillation do. Functions are found by type, so a test cannot hand them its own: the name of
/// the task, which every input carries, leads them to it.
/// </summary>
internal sealed record ScriptedTask
{
    private static readonly ConcurrentDictionary<string, ScriptedTask> All = new(StringComparer.Ordinal);

    private ScriptedTask(string name) => Name = name;

    /// <summary>The name of the task.</summary>
    public string Name { get; }

    /// <summary>Whether each label costs <see cref="Spending.LabelPrice"/>.</summary>
    public bool IsPriced { get; private init; }

    /// <summary>
    /// The look at the provider's batch that finds it ended, counted from 1; null where nothing is left to ask in a batch.
    /// </summary>
    public int? BatchEndsAtLook { get; private init; }

    /// <summary>A new task whose labels cost nothing and whose batch has nothing to ask.</summary>
    public static ScriptedTask Plain() => Add(new ScriptedTask(Guid.NewGuid().ToString("N")));

    /// <summary>The script of a task.</summary>
    public static ScriptedTask Of(string name) => All[name];

    /// <summary>The same with labels that cost.</summary>
    public ScriptedTask Priced() => Add(this with { IsPriced = true });

    /// <summary>The same with a provider's batch that the n-th look finds ended.</summary>
    public ScriptedTask WithBatchThatEndsAtLook(int look) => Add(this with { BatchEndsAtLook = look });

    /// <summary>The same with a provider's batch that no look finds ended.</summary>
    public ScriptedTask WithEndlessBatch() => WithBatchThatEndsAtLook(int.MaxValue);

    /// <summary>How often the activity <paramref name="step"/> of this task was called.</summary>
    public int CallsOf(object step) => Support.Scripts.CallsOf($"{Name}/{step}");

    private static ScriptedTask Add(ScriptedTask task) => All[task.Name] = task;
}
