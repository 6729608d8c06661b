using System.Collections.Concurrent;
using HsNas.Functions.Distillation;
using HsNas.Functions.Distillation.Plans;
using HsNas.Llm.Labelling;

namespace HsNas.Functions.Tests.Distillation;

/// <summary>
/// A stand-in for the ledger of priced tasks. Each label costs a cent, and a batch buys what its allowance covers. Labels bought
/// before are counted, not bought again.
/// </summary>
internal static class Spending
{
    public const decimal LabelPrice = 0.01m;

    private static readonly ConcurrentDictionary<string, ConcurrentDictionary<int, int>> Bought = new(StringComparer.Ordinal);

    public static int BoughtFor(string task) => Bought.GetValueOrDefault(task)?.Values.Sum() ?? 0;

    /// <summary>A provider's batch buys that many of each batch of labels; what each cost.</summary>
    public static IReadOnlyList<decimal> BuyInBatch(DistillationPlan plan, int labels)
    {
        var batches = Bought.GetOrAdd(plan.Task, _ => new());
        for (var b = 0; b < plan.BatchCount; b++) batches[b] = labels;
        return plan.MaxCostUsd is null ? [] : [.. Enumerable.Repeat(labels * LabelPrice, plan.BatchCount)];
    }

    public static LabelTally? Of(LabelBatchInput input)
    {
        if (!ScriptedTask.Of(input.Plan.Task).IsPriced) return null;
        var batches = Bought.GetOrAdd(input.Plan.Task, _ => new());
        var labels = Math.Min(input.Plan.BatchSize, input.Plan.Labels - (input.Batch * input.Plan.BatchSize));
        var before = batches.GetValueOrDefault(input.Batch);
        var now = (int)Math.Clamp(Math.Floor((input.AllowanceUsd ?? decimal.MaxValue / 100) / LabelPrice), before, labels);
        batches[input.Batch] = now;
        return new LabelTally { Calls = now, Bought = now - before, Usd = now * LabelPrice, SpentUsd = now * LabelPrice,
            Unpaid = labels - now };
    }
}
