using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Functions.Hosting;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace HsNas.Functions.Searches;

/// <summary>
/// A blob dropped into <c>search-requests</c> starts a search whose id is a function of its name and content, so being told of it
/// twice starts one. An invalid one gets <c>NAME.error.json</c> beside it; a started one <c>NAME.started.json</c> with its id.
/// </summary>
public sealed class DroppedRequests(SearchStarter starter, IArtifactStore store, ILogger<DroppedRequests> logger)
{
    private const string ErrorSuffix = ".error";
    private const string StartedSuffix = ".started";

    // Storage allows 1,024.
    private const int LongestName = 1000;

    /// <summary>Starts the search or explains why not.</summary>
    /// <param name="client">Where the search runs.</param>
    /// <param name="name">The blob's name without its <c>.json</c>.</param>
    /// <param name="blob">What it holds.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task StartAsync(DurableTaskClient client, string name, Stream blob, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        // Our own answers lie in the same container.
        if (name.EndsWith(ErrorSuffix, StringComparison.Ordinal) || name.EndsWith(StartedSuffix, StringComparison.Ordinal)) return;
        if (!CanBeAnswered(name))
        {
            var error = new FieldError(
                "name", $"is no usable name: at most {LongestName} characters, and no part of the path empty, '.' or '..'.");
            logger.LogWarning("Request {Name} is not valid: {Errors}", name, error.Message);
            await AnswerAsync(
                $"unusable-names/{Hashing.Fingerprint(name)}", ErrorSuffix, StartedSuffix, new { name, errors = new[] { error } },
                cancellationToken);
            return;
        }

        var content = await RequestBody.ReadAsync(blob, cancellationToken);
        var started = await starter.StartAsync(
            client, content, $"{name}\n{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content))}",
            cancellationToken);
        if (started.Errors.Count > 0)
        {
            logger.LogWarning(
                "Request {Name} is not valid: {Errors}", name, string.Join(" ", started.Errors.Select(e => $"{e.Field} {e.Message}")));
            await AnswerAsync(name, ErrorSuffix, StartedSuffix, new { errors = started.Errors }, cancellationToken);
            return;
        }

        await AnswerAsync(name, StartedSuffix, ErrorSuffix, new { id = started.Id }, cancellationToken);
    }

    // Its answers lie beside it, under longer names.
    private static bool CanBeAnswered(string name) =>
        name.Length <= LongestName && name.Split('/').All(part => part is not ("" or "." or ".."));

    // An answer to what the blob held before would contradict this one.
    private async Task AnswerAsync<T>(string name, string suffix, string outdated, T answer, CancellationToken cancellationToken)
    {
        await store.WriteJsonAsync(BlobLayout.RequestAnswer(name, suffix), answer, cancellationToken);
        await store.DeleteAsync(BlobLayout.RequestAnswer(name, outdated), cancellationToken);
    }
}
