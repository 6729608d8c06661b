using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Supernets;
using HsNas.GpuWorker.Export;
using HsNas.GpuWorker.Training;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Models;
using HsNas.Storage;
using HsNas.Translation;
using TorchSharp;

namespace HsNas.GpuWorker.Hosting;

/// <summary>Commands around exported models.</summary>
internal static class ExportCommands
{
    private const int LinesPerBatch = 32;

    /// <summary>
    /// <c>export STORE JOB FOLDER</c>: writes the model that a train-from-scratch job made. STORE is a folder of blobs, or
    /// <c>account</c> for the storage account that the environment names.
    /// </summary>
    public static async Task<int> ExportAsync(string[] args)
    {
        if (args is not [var source, var jobId, var folder]) return Usage("export STORE-FOLDER|account JOB-ID OUT-FOLDER");
        IArtifactStore store = source == "account"
            ? new BlobArtifactStore(new StorageAccount(name =>
                Environment.GetEnvironmentVariable(name.Replace(":", "__", StringComparison.Ordinal))).CreateBlobs())
            : new DirectoryArtifactStore(source);
        try
        {
            var files = await ExportAsync(store, jobId);
            Directory.CreateDirectory(folder);
            foreach (var (name, bytes) in files) await File.WriteAllBytesAsync(Path.Combine(folder, name), bytes);
            Console.WriteLine($"{folder}: {string.Join(", ", files.Select(f => $"{f.Key} ({f.Value.Length:N0} bytes)"))}");
            return 0;
        }
        catch (Exception e) when (e is ArtifactNotFoundException or InvalidDataException or JobFailedException or JsonException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    /// <summary><c>translate FOLDER</c>: translates standard input, line by line, with an exported model.</summary>
    public static int Translate(string[] args)
    {
        if (args is not [var folder]) return Usage("translate FOLDER");
        try
        {
            using var model = ExportedModel.Load(folder, torch.CPU);
            return Translate(model, Console.In, Console.Out, Console.Error, Console.IsInputRedirected ? LinesPerBatch : 1);
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    /// <summary>
    /// Translates every line of <paramref name="input"/>. A line that cannot be translated becomes an empty line, and the exit
    /// code is then 1.
    /// </summary>
    internal static int Translate(ExportedModel model, TextReader input, TextWriter output, TextWriter errors, int linesPerBatch)
    {
        var (status, done) = (0, 0);
        foreach (var lines in Lines(input).Chunk(linesPerBatch))
        {
            for (var translated = false; !translated;)
            {
                try
                {
                    foreach (var translation in model.Translate(lines)) output.WriteLine(translation);
                    translated = true;
                }
                catch (InvalidInputLineException e)
                {
                    errors.WriteLine($"line {done + e.Line + 1}: {e.Message}");
                    (lines[e.Line], status) = ("", 1);
                }
            }

            output.Flush();
            done += lines.Length;
        }

        return status;
    }

    private static async Task<IReadOnlyDictionary<string, byte[]>> ExportAsync(IArtifactStore store, string jobId)
    {
        var input = await store.ReadJsonAsync<TrainFromScratchInput>(BlobLayout.JobInput(jobId));
        var output = await store.ReadJsonAsync<JobResult>(BlobLayout.JobOutput(jobId));
        var result = output.Value?.Deserialize<TrainFromScratchResult>(Json.Options)
            ?? throw new JobFailedException($"Job {jobId} failed: {output.Error}");
        var task = await TaskResolver.ResolveAsync(store, input.Task, CancellationToken.None);
        var vocabulary = await store.ReadJsonAsync<BytePairVocabulary>(BlobLayout.Vocabulary(input.Task, input.Dataset));
        var manifest = await store.ReadJsonAsync<DatasetManifest>(BlobLayout.CurrentDataset(input.Task));
        var weights = await store.ReadAsync(BlobPath.Parse(result.Checkpoint));
        using var model = ModelFile.Load(task, weights, torch.CPU, SupernetKinds.BuiltIn);
        var text = manifest.Hash == input.Dataset ? manifest.Provenance : "an earlier data set of this task";
        return ModelExporter.Export(model, input.Architecture, task, vocabulary,
            new ExportedScores(result.ValidLossBits, result.ValidBleu, result.TestBleu, Tokenizer13a.Signature),
            new ExportedProvenance(
                jobId, input.Dataset, text, input.Steps, input.Warmup, input.Seed, output.Worker, input.DistilText?.Teacher));
    }

    private static IEnumerable<string> Lines(TextReader input)
    {
        while (input.ReadLine() is { } line) yield return line;
    }

    private static int Usage(string form)
    {
        Console.Error.WriteLine($"usage: {form}");
        return 2;
    }
}
