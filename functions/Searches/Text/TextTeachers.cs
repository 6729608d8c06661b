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
        if (request.DistilText is not { IsTrained: false, Teacher: var teacher }) return null;
        var dataset = (await tasks.TryGetDatasetAsync(request.Task, cancellationToken))?.Hash;
        var problem = await ResultAsync(teacher, cancellationToken) is { } result
            ? result.Requested.Training?.Export is null ? "is a search that trained no winner"
                : (result.Request.Task, result.Dataset) == (request.Task, dataset) ? null
                : $"is a search of {result.Request.Task}, data set {result.Dataset}; this one is of {request.Task}, data set {dataset}"
            : await store.TryReadJsonAsync<BytePairVocabulary>(Vocabulary(teacher), cancellationToken) is not { } vocabulary
                ? "is no finished search, and no stored model"
            : !vocabulary.IsSameAs(await store.ReadJsonAsync<BytePairVocabulary>(
                BlobLayout.Vocabulary(request.Task, dataset!), cancellationToken))
                ? $"is a model whose subwords are not those of {request.Task}, data set {dataset}"
            : null;
        return problem is null ? null
            : new FieldError(
                TextFields.Teacher.Path, $"names {teacher}, which {problem}; allowed: {TextDistillation.Largest}, the id of a finished "
                + "search on the same data set that trained its winner, or that of a model that was stored with 'hsnas model put'.");
    }

    /// <summary>The id under which the teacher that a request names lies.</summary>
    /// <exception cref="SearchRefusedException">It cannot teach any more.</exception>
    public async Task<string> ModelAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        if (await FaultAsync(request, cancellationToken) is { } fault) throw new SearchRefusedException($"{fault.Field} {fault.Message}");
        var teacher = request.DistilText!.Teacher;
        return await ResultAsync(teacher, cancellationToken) is { } result
            ? BlobLayout.JobOfExport(result.Requested.Training!.Export!) : teacher;
    }

    private static BlobPath Vocabulary(string model) => BlobLayout.Export(model, ModelFiles.VocabularyFile);

    private Task<SearchResult?> ResultAsync(string search, CancellationToken cancellationToken) =>
        store.TryReadJsonAsync<SearchResult>(BlobLayout.ResultFile(search), cancellationToken);
}
