using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.Evolution;
using HsNas.Functions.Hosting;
using HsNas.Functions.Jobs;
using HsNas.Functions.Predictors;
using HsNas.Functions.Searches.Files;
using HsNas.Functions.Searches.Preparation;
using HsNas.Kernel.Stores;
using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Functions.Searches.Evolution;

/// <summary>
/// One generation at a time, from blob to blob: everything it writes is a function of what it read, so a generation that
/// is run again after a kill leaves the same blobs.
/// </summary>
public sealed class GenerationService(
    SearchFiles files, TaskStore tasks, FeasibilityService feasibility, PredictorStore predictors, WorkerJobs jobs, ScoreBook scores,
    IArtifactStore store, PipelineOptions options)
{
    /// <summary>Name of the hybrid run.</summary>
    public const string HsNas = "hs-nas";

    /// <summary>Name of the plain supernet run.</summary>
    public const string Hat = "hat";

    /// <summary>Scores a generation in process, or submits the score jobs that are missing for it.</summary>
    public async Task<GenerationStep> EvolveAsync(GenerationInput input, CancellationToken cancellationToken)
    {
        var (request, plan) = await LoadAsync(input.SearchId, cancellationToken);
        var engine = await EngineAsync(request, cancellationToken);
        var state = await files.TryReadStateAsync(input.SearchId, input.Run, input.Generation, cancellationToken);
        if (state is null && input.Generation == 1)
        {
            state = engine.Start();
            await files.WriteStateAsync(input.SearchId, input.Run, 1, state, cancellationToken);
        }

        var population = engine.Candidates(state ?? throw new ArtifactNotFoundException(BlobLayout.Search(input.SearchId, $"{input.Run}, generation {input.Generation}")));
        if (IsDistilled(request, input))
        {
            var predictor = await PredictorAsync(request, plan, cancellationToken);
            FunctionsTelemetry.Evaluated(population.Architectures.Count, "distilled");
            var predictions = await predictor.PredictAsync(population.Architectures, cancellationToken);
            var ranked = population.Expand([.. predictions.Select(p => p.Value)]);
            return await AdvanceAsync(input, engine, state, ranked, predictor.Direction, predictor.Metric, distilled: true, scored: 0, cancellationToken);
        }

        var known = await scores.LookUpAsync(input, plan, population.Architectures.Select(a => a.Key), cancellationToken);
        var missing = population.Architectures.Where(a => !known.ContainsKey(a.Key)).ToList();
        FunctionsTelemetry.CacheHit(population.Architectures.Count - missing.Count);
        if (missing.Count == 0) return await AdvanceByScoresAsync(input, engine, state, population, known, scored: 0, cancellationToken);
        var submitted = new List<JobRef>();
        foreach (var chunk in Chunks(missing))
            submitted.Add(await jobs.SubmitAsync(JobKinds.Score, new ScoreInput(plan.Task, plan.Dataset, plan.Supernet, chunk), input.InstanceId, cancellationToken));
        return new GenerationStep(submitted, Finished: false, Distilled: false, missing.Count, null, null);
    }

    /// <summary>Records finished score jobs in the cache and moves on.</summary>
    public async Task<GenerationStep> RecordAsync(GenerationInput input, IReadOnlyList<JobRef> finished, CancellationToken cancellationToken)
    {
        var (request, plan) = await LoadAsync(input.SearchId, cancellationToken);
        var engine = await EngineAsync(request, cancellationToken);
        var state = await files.TryReadStateAsync(input.SearchId, input.Run, input.Generation, cancellationToken)
            ?? throw new ArtifactNotFoundException(BlobLayout.Search(input.SearchId, $"{input.Run}, generation {input.Generation}"));
        var measured = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var job in finished)
        {
            var asked = await store.ReadJsonAsync<ScoreInput>(BlobLayout.JobInput(job.JobId), cancellationToken);
            var (answer, _) = await jobs.ResultAsync<ScoreResult>(job, cancellationToken);
            for (var i = 0; i < asked.Architectures.Count; i++) measured[asked.Architectures[i].Key] = answer.LossBits[i];
        }

        FunctionsTelemetry.Evaluated(measured.Count, "supernet");
        var known = await scores.AddAsync(input, plan, measured, cancellationToken);
        return await AdvanceByScoresAsync(input, engine, state, engine.Candidates(state), known, measured.Count, cancellationToken);
    }

    /// <summary>The engine of a search.</summary>
    public async Task<EvolutionEngine> EngineAsync(SearchRequest request, CancellationToken cancellationToken) => new(
        await tasks.GetAsync(request.Task, cancellationToken), request.Evolution, await feasibility.CreateCheckerAsync(request, cancellationToken));

    private async Task<DistilledPredictor> PredictorAsync(SearchRequest request, SearchPlan plan, CancellationToken cancellationToken)
    {
        var task = await tasks.GetAsync(request.Task, cancellationToken);
        if (!request.UsesLanguageModel) return await predictors.LoadSupernetStudentAsync(task, plan.Predictor, cancellationToken);
        var champion = await predictors.GetAsync(request.Task, plan.Predictor, cancellationToken);
        return await predictors.LoadAsync(task, champion.Model, champion.Range, cancellationToken);
    }

    private static bool IsDistilled(SearchRequest request, GenerationInput input) =>
        input.Run == HsNas && request.Schedule.IsDistilled(input.Generation);

    private Task<GenerationStep> AdvanceByScoresAsync(
        GenerationInput input, EvolutionEngine engine, EvolutionState state, CandidateSet population, Dictionary<string, double> known, int scored, CancellationToken cancellationToken)
    {
        var losses = population.Expand([.. population.Architectures.Select(a => known[a.Key])]);
        return AdvanceAsync(input, engine, state, losses, MetricDirection.LowerIsBetter, Metrics.ValidationLoss, distilled: false, scored, cancellationToken);
    }

    private async Task<GenerationStep> AdvanceAsync(
        GenerationInput input, EvolutionEngine engine, EvolutionState state, double[] values, MetricDirection direction, string metric,
        bool distilled, int scored, CancellationToken cancellationToken)
    {
        var next = engine.Next(state, values, direction, metric);
        if (next.Finished) await files.WriteFinalistsAsync(input.SearchId, input.Run, Ranked(engine, state, values, next), cancellationToken);
        await files.WriteStateAsync(input.SearchId, input.Run, input.Generation + 1, next, cancellationToken);
        return new GenerationStep([], next.Finished, distilled, scored, next.Best?.Score, metric);
    }

    private static FinalistList Ranked(EvolutionEngine engine, EvolutionState scored, double[] values, EvolutionState next)
    {
        var scoreOf = scored.Population.Select((gene, i) => (engine.Codec.Decode(gene.AsSpan()).Key, Score: values[i])).DistinctBy(x => x.Key)
            .ToDictionary(x => x.Key, x => x.Score, StringComparer.Ordinal);
        var parents = next.Parents.Select(g => engine.Codec.Decode(g.AsSpan())).DistinctBy(a => a.Key);
        return new FinalistList([.. parents.Select(a => new RankedArchitecture(a, scoreOf[a.Key]))], next.Trace, next.Notices);
    }

    private async Task<(SearchRequest Request, SearchPlan Plan)> LoadAsync(string searchId, CancellationToken cancellationToken) =>
        (await files.RequestAsync(searchId, cancellationToken), await files.PlanAsync(searchId, cancellationToken));

    // Equal encoders stay together as far as equal shares allow, because a worker runs each encoder once.
    private IEnumerable<List<Architecture>> Chunks(List<Architecture> missing)
    {
        var sorted = missing.OrderBy(a => a.EncoderKey, StringComparer.Ordinal).ThenBy(a => a.Key, StringComparer.Ordinal).ToList();
        var size = (sorted.Count + options.ScoreJobs - 1) / options.ScoreJobs;
        return sorted.Chunk(size).Select(chunk => chunk.ToList());
    }
}
