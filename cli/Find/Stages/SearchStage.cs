using Azure.Storage.Blobs;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Find.Planning;
using HsNas.Cli.Find.Wishes;
using HsNas.Cli.Find.Work;
using HsNas.Cli.Hosting;
using HsNas.Cli.Http;
using HsNas.Cli.Screens;
using HsNas.Client;
using HsNas.Contracts.Requests;
using HsNas.Evolution.Constraints;
using HsNas.Kernel;
using HsNas.Local.Stack;
using HsNas.Storage;

namespace HsNas.Cli.Find.Stages;

/// <summary>The search through the real stack, which stays in the work folder: a search that was under way goes on.</summary>
internal sealed class SearchStage(CommandContext context, FindWish wish, WorkFolder work, FindPlan plan)
{
    private const long Seed = 1;

    // A search goes right below its limit, and half of what predictions allow there is slower when it is measured. Whoever waits for
    // hours shall not end without a model.
    private const double Confidence = 0.9;

    /// <summary>Searches and trains the winner; files are in the work folder and in <paramref name="model"/> afterwards.</summary>
    /// <exception cref="RequestRefusedException">No architecture keeps the limit.</exception>
    public async Task<SearchOutcome> RunAsync(string model, CancellationToken cancellationToken)
    {
        var options = StackOptions.FromEnvironment(
            context.Workspace.Root, work.StackFolder, context.Variable) with { Workers = plan.Workers };
        var begun = context.Time.GetTimestamp();
        context.Say("Starting storage, model, function app and workers ...");
        await using var stack = await LocalStack.StartAsync(options, line => context.Say("  " + line), context.Time, cancellationToken);
        work.Ledger.Note(FindStages.Start, context.Time.GetElapsedTime(begun).TotalSeconds, done: true);
        using var client = new SearchClient(new FunctionAppAddress(new Uri(stack.State.FunctionsUrl + "/"), context.Variable("HSNAS_KEY")));
        var request = Request();
        var key = $"find-{Hashing.Short(Convert.ToBase64String(request))}-{work.Ledger.Read().Attempt}";
        var accepted = await client.SubmitAsync(request, key, cancellationToken);
        context.Say($"Search {accepted.Id}: {plan.Task}, at most {wish.LatencyMs:0.###} ms a sentence on this machine");
        var outcome = await SearchOutcome.FollowAsync(context, client, accepted.Id, cancellationToken);
        if (outcome.Result is not { } result)
        {
            work.Ledger.NoteFailure();
            await context.Errors.WriteLineAsync(
                $"Logs: {Workspace.Display(options.LogFolder)}. The same command tries again; what was trained is kept.");
            return outcome;
        }

        var ending = context.Time.GetTimestamp();
        var files = await outcome.SaveAsync(client, work.Path, cancellationToken);
        if (result.Requested.Training is { } training)
        {
            var store = new BlobArtifactStore(new BlobServiceClient(stack.State.ConnectionString));
            var written = await ShippedModel.WriteAsync(store, result, training, context.Constraints, model, cancellationToken);
            files.Add($"Model: {Workspace.Display(model)}: {string.Join(", ", written)}");
        }

        ResultScreen.Print(context.Console, result, files, context.Constraints);
        work.Ledger.Note(FindStages.Model, context.Time.GetElapsedTime(ending).TotalSeconds, done: false);
        return outcome;
    }

    private byte[] Request()
    {
        var limit = ConstraintSet.BuiltIn.Single(c => c.Id == ConstraintIds.LatencyMs);
        return new RequestJson().Set(SearchFields.Task, plan.Task).Set(SearchFields.Limit(limit), wish.LatencyMs)
            .Set(SearchFields.LatencyConfidence, Confidence).Set(SearchFields.Seed, Seed)
            .Set(WinnerFields.Steps, plan.Lengths.WinnerSteps).ToBytes();
    }
}
