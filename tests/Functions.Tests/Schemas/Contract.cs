using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Stored;
using HsNas.Contracts.Sweeps;
using HsNas.Evolution;
using HsNas.Evolution.Sessions;
using HsNas.Functions.Distillation.Batches;
using HsNas.Functions.Distillation.Redistillation;
using HsNas.Functions.Hosting.OpenApi;
using HsNas.Functions.Predictors;
using HsNas.Functions.Searches.Contexts;
using HsNas.Functions.Searches.Files;
using HsNas.Functions.Sweeps.Files;
using HsNas.Predictors;
using HsNas.Predictors.LanguageModels;
using HsNas.Spaces;
using HsNas.Translation;

namespace HsNas.Functions.Tests.Schemas;

/// <summary>A form of JSON that leaves this repository's programs, and that a later version of them must still read.</summary>
/// <param name="Group">"requests", "answers", "messages" or "blobs".</param>
/// <param name="Type">The type that it is read into.</param>
internal sealed partial record Contract(string Group, Type Type)
{
    private static readonly Type[] Messages =
    [
        typeof(WorkerJob), typeof(WorkerReply), typeof(JobResult), typeof(JobProgress), typeof(JobTake),
        typeof(TrainSupernetInput),
        typeof(TrainSupernetResult), typeof(ScoreInput), typeof(ScoreResult), typeof(TrainRegressorInput), typeof(TrainRegressorResult),
        typeof(MeasureLatencyInput), typeof(MeasureLatencyResult), typeof(TrainFromScratchInput), typeof(TrainFromScratchResult),
        typeof(EvaluateInput), typeof(EvaluateResult), typeof(TranslateTextInput), typeof(TranslateTextResult),
    ];

    private static readonly Type[] Blobs =
    [
        typeof(SearchRequest), typeof(SearchPlan), typeof(StoredContext), typeof(EvolutionState), typeof(LossFile), typeof(FinalistList),
        typeof(SearchResult), typeof(SweepDefinition), typeof(SweepEntry), typeof(SweepOutcome), typeof(DatasetManifest),
        typeof(TaskDefinition), typeof(LabelSet), typeof(DistilledPredictorRecord), typeof(PromotionDecision), typeof(BatchTicket),
        typeof(LatestRedistillation), typeof(LedgerEntry),
    ];

    /// <summary>All forms. What HTTP answers with is read from the functions' own documentation.</summary>
    public static IReadOnlyList<Contract> All { get; } =
    [
        .. RequestSchemas.Of(Evolution.Constraints.ConstraintSet.BuiltIn, HsNas.Contracts.Supernets.SupernetKinds.BuiltIn).Keys
            .Select(type => new Contract("requests", type)),
        .. HttpRoute.Of(typeof(HttpRoute).Assembly).SelectMany(r => r.Function.GetCustomAttributes<AnswerAttribute>())
            .Select(a => a.Body).OfType<Type>().Where(IsOurs).Distinct().Select(type => new Contract("answers", type)),
        .. Messages.Select(type => new Contract("messages", type)),
        .. Blobs.Select(type => new Contract("blobs", type)),
    ];

    /// <summary>Its file below a version's folder, without an ending: "messages/worker-job".</summary>
    public string Name => $"{Group}/{Words().Replace(Type.Name, "-$1").TrimStart('-').ToLowerInvariant()}";

    /// <summary>Reads it as the programs do, and writes it again.</summary>
    public string ReadAndWrite(string json) =>
        JsonSerializer.Serialize(JsonSerializer.Deserialize(json, Type, Kernel.Json.Options), Type, Kernel.Json.Options);

    private static bool IsOurs(Type type) => type.Namespace!.StartsWith("HsNas.", StringComparison.Ordinal);

    [GeneratedRegex("([A-Z])")]
    private static partial Regex Words();
}
