using HsNas.Cli.CommandLine;
using HsNas.Cli.Find.Planning;
using HsNas.Cli.Hosting;
using HsNas.Contracts;
using HsNas.Kernel.Stores;
using HsNas.Translation;

namespace HsNas.Cli.Find.Stages;

/// <summary>Five test sentences, translated by the model that was written.</summary>
internal sealed class ExampleStage(CommandContext context, FindPlan plan)
{
    private const int Examples = 5;

    /// <summary>Translates and shows them, each with its reference.</summary>
    public async Task ShowAsync(string model, CancellationToken cancellationToken)
    {
        var (sources, references) = (await LinesAsync(BlobLayout.SourceText), await LinesAsync(BlobLayout.References));
        var chosen = Enumerable.Range(0, Examples).Select(i => i * sources.Count / Examples).Distinct().ToList();
        var translations = await new WorkerProgram(context.Workspace)
            .TranslateAsync(model, [.. chosen.Select(i => sources[i])], cancellationToken);
        context.Say("Five test sentences:");
        foreach (var (i, translation) in chosen.Zip(translations))
        {
            context.Say($"  source      {sources[i]}");
            context.Say($"  translated  {translation}");
            context.Say($"  reference   {references[i]}");
            context.Say("");
        }

        async Task<IReadOnlyList<string>> LinesAsync(Func<string, string, CorpusPart, BlobPath> where) =>
            System.Text.Encoding.UTF8.GetString(
                await context.Workspace.Data.ReadAsync(where(plan.Task, plan.Dataset, CorpusPart.Test), cancellationToken))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
