using HsNas.Kernel.Stores;

namespace HsNas.Contracts;

/// <summary>The blobs of distilled predictors and of what they are made from.</summary>
public static partial class BlobLayout
{
    /// <summary>The champion of a task: its distilled predictor in force.</summary>
    public static BlobPath Champion(string task) => OfTask(task, "champion.json");

    /// <summary>A distilled predictor, by the hash of what made it.</summary>
    public static BlobPath Predictor(string task, string fingerprint) => OfTask(task, $"{fingerprint}/model.json");

    /// <summary>The record of a distilled predictor, in force or not. Its file name is older than the distinction, so it stays.</summary>
    public static BlobPath PredictorRecord(string task, string fingerprint) => OfTask(task, $"{fingerprint}/champion.json");

    /// <summary>The labels a predictor was distilled from.</summary>
    public static BlobPath Labels(string task, string fingerprint) => OfTask(task, $"{fingerprint}/labels.json");

    /// <summary>The labels of one batch of the fan-out, counted from 0.</summary>
    public static BlobPath LabelBatch(string task, string fingerprint, int batch) =>
        OfTask(task, $"{fingerprint}/labels-{batch:00000}.json");

    /// <summary>The prompt of a distillation without its test architecture.</summary>
    public static BlobPath Prompt(string task, string fingerprint) => OfTask(task, $"{fingerprint}/prompt.txt");

    /// <summary>A batch at the provider of the language model, counted from 0 in the folder of its distillation.</summary>
    public static BlobPath ProviderBatch(string folder, int number) => new(PredictorsContainer, $"{folder}/batch-{number:000}.json");

    /// <summary>A decision about a distilled predictor, kept for ever.</summary>
    public static BlobPath Decision(string task, string id) => OfTask(task, $"{DecisionsFolder}{id}.json");

    /// <summary>Where the decisions of a task lie, as the start of their names in <see cref="PredictorsContainer"/>.</summary>
    public static string Decisions(string task) => $"{task}/{DecisionsFolder}";

    /// <summary>The latest distillation of a task that was started by timer or by hand.</summary>
    public static BlobPath LatestRedistillation(string task) => OfTask(task, "redistillation.json");

    /// <summary>When a task's own schedule was last obeyed.</summary>
    public static BlobPath RedistillationSchedule(string task) => OfTask(task, "schedule.json");

    private const string DecisionsFolder = "decisions/";

    private static BlobPath OfTask(string task, string file) => new(PredictorsContainer, $"{task}/{file}");
}
