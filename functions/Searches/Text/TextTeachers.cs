using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Functions.Jobs;
using HsNas.Functions.Predictors;
using HsNas.Kernel.Stores;
using HsNas.Models;
using HsNas.Translation;

namespace HsNas.Functions.Searches.Text;

/// <summary>
/// Trained models that translate training texts: winners of finished searches, and models that were stored (docs/method.md,
/// "Sequence-level distillation").
/// </summary>
public sealed class TextTeachers(TaskStore tasks, IArtifactStore store)
{
    /// <summary>Why a request's teacher cannot translate its task's text; null where it can, or none is asked for.</summary>
    public async Task<FieldError?> FaultAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.DistilText is { IsTrained: false } ? (await FindAsync(request, cancellationToken)).Fault : null;
    }

    /// <summary>The id under which the teacher that a request names lies.</summary>
    /// <exception cref="SearchRefusedException">It cannot teach any more.</exception>
    public async Task<string> ModelAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        var (model, fault) = await FindAsync(request, cancellationToken);
        return fault is null ? model : throw new SearchRefusedException($"{fault.Field} {fault.Message}");
    }

    private async Task<(string Model, FieldError? Fault)> FindAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        var teacher = request.DistilText!.Teacher;
        var dataset = (await tasks.TryGetDatasetAsync(request.Task, cancellationToken))?.Hash;
        var result = await store.TryReadJsonAsync<SearchResult>(BlobLayout.ResultFile(teacher), cancellationToken);
        var (model, problem) = result is null
            ? (teacher, await StoredProblemAsync(teacher, request.Task, dataset, cancellationToken))
            : result.Requested.Training?.Export is not { } export ? ("", "is a search that trained no winner")
            : (BlobLayout.JobOfExport(export), (result.Request.Task, result.Dataset) == (request.Task, dataset) ? null
                : $"is a search of {result.Request.Task}, data set {result.Dataset}; this one is of {request.Task}, data set {dataset}");
        return (model, problem is null ? null : new FieldError(
            TextFields.Teacher.Path, $"names {teacher}, which {problem}; allowed: {TextDistillation.Largest}, the id of a finished "
            + "search on the same data set that trained its winner, or that of a model that was stored with 'hsnas model put'."));
    }

    private async Task<string?> StoredProblemAsync(string model, string task, string? dataset, CancellationToken cancellationToken)
    {
        var file = BlobLayout.Export(model, ModelFiles.VocabularyFile);
        if (await store.TryReadJsonAsync<BytePairVocabulary>(file, cancellationToken) is not { } vocabulary)
            return "is no finished search, and no stored model";
        var texts = await store.ReadJsonAsync<BytePairVocabulary>(BlobLayout.Vocabulary(task, dataset!), cancellationToken);
        return vocabulary.IsSameAs(texts) ? null : $"is a model whose subwords are not those of {task}, data set {dataset}";
    }
}
