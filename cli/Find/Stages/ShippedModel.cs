using HsNas.Cli.Models;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.Evolution.Constraints;
using HsNas.Kernel.Stores;

namespace HsNas.Cli.Find.Stages;

/// <summary>
/// What <c>find</c> leaves for a product: a folder that holds the weights as safetensors and the ONNX graphs with them, so that both
/// <c>translate</c> and a program with ONNX Runtime alone run it; and the graphs in 8 bits in a folder below it.
/// </summary>
internal static class ShippedModel
{
    /// <summary>Folder of the graphs in 8 bits, below the model's.</summary>
    public const string Int8Folder = "int8";

    /// <summary>Writes the trained winner to <paramref name="folder"/>; the names of the files.</summary>
    public static async Task<IReadOnlyList<string>> WriteAsync(
        IArtifactStore store, SearchResult result, TrainFromScratchResult training, ConstraintSet constraints, string folder,
        CancellationToken cancellationToken)
    {
        var names = (await ModelDownload.SaveAsync(store, training, folder, cancellationToken)).ToList();
        var model = new ModelSource(ModelSource.Read(folder), ModelSource.FactsOf(result, constraints, licence: null));
        names.AddRange(ModelFormat.Of("onnx").Write(model, folder).Keys.Except(names).ToList());
        ModelFormat.Of("onnx-int8").Write(model, Path.Combine(folder, Int8Folder));
        return [.. names, Int8Folder + "/"];
    }
}
