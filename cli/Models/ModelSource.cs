using HsNas.Cli.CommandLine;
using HsNas.Cli.Hosting;
using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Evolution.Constraints;
using HsNas.Kernel.Stores;
using HsNas.Models;
using HsNas.Onnx;

namespace HsNas.Cli.Models;

/// <summary>A trained model that is asked for by a search's id or by the folder that it lies in.</summary>
/// <param name="Files">The model.</param>
/// <param name="Facts">What else is known about it.</param>
internal sealed record ModelSource(ModelFiles Files, CardFacts Facts)
{
    /// <summary>Reads it; a search's is downloaded.</summary>
    /// <exception cref="CliException">There is none, or a file of it is missing or damaged.</exception>
    public static async Task<ModelSource> OpenAsync(
        CommandContext context, string source, string? connection, string? licence, CancellationToken cancellationToken)
    {
        if (Directory.Exists(source)) return new ModelSource(Read(source), new CardFacts(Licence: licence));
        if (source.Contains('/', StringComparison.Ordinal)) throw new CliException($"There is no folder '{source}'.");
        var (store, search) = (ModelStore.Open(context, connection), ModelStore.SearchId(source));
        var folder = Directory.CreateTempSubdirectory("hsnas-model-");
        try
        {
            await ModelDownload.SaveAsync(store, search, compared: false, folder.FullName, cancellationToken);
            var result = await store.ReadJsonAsync<SearchResult>(BlobLayout.ResultFile(search), cancellationToken);
            return new ModelSource(Read(folder.FullName), FactsOf(result, context.Constraints, licence));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Reads a folder.</summary>
    /// <exception cref="CliException">A file of it is missing or damaged.</exception>
    public static ModelFiles Read(string folder)
    {
        try
        {
            return ModelFiles.Read(folder);
        }
        catch (InvalidDataException e)
        {
            throw new CliException(e.Message);
        }
    }

    /// <summary>What a finished search knows about its winner; its latency only where it was measured.</summary>
    internal static CardFacts FactsOf(SearchResult result, ConstraintSet constraints, string? licence)
    {
        var (limits, winner) = (result.Request.Limits, result.Requested.Winner);
        return new CardFacts(result.Id,
            constraints.Where(c => limits[c.Id] is not null).ToDictionary(c => c.Name, c => c.Say(limits[c.Id]!.Value)),
            constraints.Where(c => c.IsMeasured && winner?.Value(c) is not null)
                .ToDictionary(c => $"{c.Name} of the worker on {result.DeviceFingerprint}", c => c.Say(winner!.Value(c)!.Value)),
            licence);
    }
}
