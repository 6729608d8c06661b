using System.CommandLine;
using HsNas.Trials.Chaos;

namespace HsNas.Trials.Commands;

/// <summary>
/// <c>chaos</c>: small searches while processes are killed and messages are disturbed, compared with the same searches undisturbed.
/// </summary>
internal static class ChaosCommand
{
    private const int MostKills = 10_000;
    private const int MostSearches = 32;

    /// <summary>The command.</summary>
    public static Command Create(TrialContext context)
    {
        var kills = new Option<int>("--kills")
        {
            Description = "How many processes to kill, 1 to 10,000; searches are started as long as some are left.",
            DefaultValueFactory = _ => 20,
        };
        var searches = new Option<int>("--searches") { Description = "Searches at a time, 1 to 32.", DefaultValueFactory = _ => 3 };
        var seed =
            new Option<long>("--seed") { Description = "Seed of the searches and of what is done to them.", DefaultValueFactory = _ => 1 };
        var keep = new Option<bool>("--keep")
        {
            Description = "Keep the folder with logs, blobs and histories. It is also kept where something differs.",
        };
        kills.Validators.Add(r => TrialContext.Check(r, "--kills", r.GetValueOrDefault<int>(), 1, MostKills));
        searches.Validators.Add(r => TrialContext.Check(r, "--searches", r.GetValueOrDefault<int>(), 1, MostSearches));
        var command = new Command("chaos", "Kills function app, workers, storage and model at random while small searches run, "
            + "and compares all results with undisturbed ones.")
        {
            kills, searches, seed, keep,
        };
        context.Handle(command, async (parse, cancellationToken) =>
        {
            var folder = Directory.CreateTempSubdirectory("hsnas-chaos-").FullName;
            var options =
                new ChaosOptions { Kills = parse.GetValue(kills), Searches = parse.GetValue(searches), Seed = parse.GetValue(seed) };
            var report = await ChaosTrial.RunAsync(options, context.Stack(folder), folder, context.Say, context.Time, cancellationToken);
            ChaosTable.Print(context.Console, report);
            foreach (var difference in report.Differences) context.Say($"difference: {difference}");
            if (report.Differences.Count > 0 || parse.GetValue(keep)) context.Say($"Logs, blobs and histories: {folder}");
            else Directory.Delete(folder, recursive: true);
            return report.Differences.Count == 0 ? 0 : 1;
        });
        return command;
    }
}
