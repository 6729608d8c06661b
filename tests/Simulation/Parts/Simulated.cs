using HsNas.Kernel;
using HsNas.Simulation.Engine;

namespace HsNas.Simulation.Parts;

/// <summary>Runs a workload on a deployment.</summary>
internal static class Simulated
{
    /// <summary>What came of it; a function of its arguments.</summary>
    public static SimulationReport Run(Deployment deployment, Workload workload)
    {
        var time = new SimulatedTime();
        var machine = deployment.OneMachine is { } processors ? new Servers(time, processors) : null;
        var app = new FunctionApp(time, deployment, workload, machine);
        var workers = new WorkerPool(time, deployment, machine, workload.Seed);
        var model = new LanguageModel(time, deployment, workload.Seed);
        var once = new Shared();
        var random = SeededRandom.For(workload.Seed, 0, "arrivals");
        var durations = new double[workload.Searches];
        var end = 0.0;
        List<Task> searches = [];
        time.Run(() => searches.AddRange(
            Enumerable.Range(0, workload.Searches).Select(i => SearchAsync(i, workload.Hours * 3600 * random.NextDouble()))));
        var open = searches.Count(s => !s.IsCompletedSuccessfully);
        var fault = searches.FirstOrDefault(s => s.IsFaulted)?.Exception;
        if (open > 0) throw new InvalidOperationException($"{open} searches did not end.", fault);
        return SimulationReport.Of(deployment, workload, durations, end, app, workers, model);

        async Task SearchAsync(int search, double at)
        {
            await time.DelayAsync(at);
            await app.StartedAsync();
            var task = $"{search % workload.Tasks}";
            await Task.WhenAll(
                once.OnceAsync("predictor " + task, () => DistilAsync(search)),
                once.OnceAsync("supernet " + task, () => app.JobAsync(search, workers, workload.Supernet)),
                once.OnceAsync("latencies " + task, () => app.JobAsync(search, workers, workload.Latencies)));
            for (var i = 0; i < workload.DistilledGenerations; i++) await app.ActivityAsync(search, workload.DistilledGeneration);
            for (var i = 0; i < workload.ScoringJobs; i++) await app.JobAsync(search, workers, workload.Scoring);
            await app.JobAsync(search, workers, workload.Verification);
            await app.JobAsync(search, workers, workload.Winner);
            (durations[search], end) = (time.Now - at, time.Now);
        }

        async Task DistilAsync(int search)
        {
            var left = workload.Labels;
            await Task.WhenAll(Enumerable.Range(0, workload.LabelsInFlight).Select(async _ =>
            {
                while (left-- > 0)
                {
                    await app.StepAsync();
                    await model.AskAsync(workload.TokensPerLabel);
                }
            }));
            await app.ActivityAsync(search, workload.Distillation);
        }
    }
}
