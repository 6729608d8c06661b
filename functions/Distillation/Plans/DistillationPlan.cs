using System.Text.Json.Serialization;

namespace HsNas.Functions.Distillation.Plans;

/// <summary>A distillation, decided once at its start.</summary>
/// <param name="Task">Task name.</param>
/// <param name="Fingerprint">Hash of everything that makes the predictor: prompt, model, pool, seed.</param>
/// <param name="Labels">Architectures to label.</param>
/// <param name="BatchSize">Architectures that one activity asks about.</param>
/// <param name="BatchCount">Number of batches of labels.</param>
public sealed record DistillationPlan(string Task, string Fingerprint, int Labels, int BatchSize, int BatchCount)
{
    /// <summary>When it began; answers bought since then count against its limit.</summary>
    public DateTime Started { get; init; }

    /// <summary><see cref="Started"/> as the moment that it is.</summary>
    [JsonIgnore]
    public DateTimeOffset StartedAt => new(DateTime.SpecifyKind(Started, DateTimeKind.Utc));

    /// <summary>Most that it may spend, US dollars; null for no limit.</summary>
    public decimal? MaxCostUsd { get; init; }

    /// <summary>Names a distillation that asks the same questions anew, because the model may have drifted; empty normally.</summary>
    public string Epoch { get; init; } = "";

    /// <summary>Why it is done; empty for the first of a search.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Architectures that may stay without a usable answer.</summary>
    public int MostUnanswered { get; init; }
}
