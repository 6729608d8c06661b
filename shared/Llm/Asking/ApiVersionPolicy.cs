using System.ClientModel.Primitives;

namespace HsNas.Llm.Asking;

/// <summary>Writes the configured api-version into each address: the SDK knows only the versions of its own day.</summary>
internal sealed class ApiVersionPolicy(string version) : PipelinePolicy
{
    private const string Name = "api-version=";

    /// <inheritdoc/>
    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Write(message.Request);
        ProcessNext(message, pipeline, currentIndex);
    }

    /// <inheritdoc/>
    public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Write(message.Request);
        return ProcessNextAsync(message, pipeline, currentIndex);
    }

    private void Write(PipelineRequest request)
    {
        var address = new UriBuilder(request.Uri!);
        var others = address.Query.TrimStart('?').Split('&')
            .Where(part => part.Length > 0 && !part.StartsWith(Name, StringComparison.Ordinal));
        address.Query = string.Join('&', others.Append(Name + version));
        request.Uri = address.Uri;
    }
}
