using System.ClientModel;
using System.ClientModel.Primitives;
using Azure.Identity;
using OpenAI;

namespace HsNas.Llm.Asking;

/// <summary>The SDK's client for the endpoint that settings name.</summary>
public static class LlmClients
{
    private const string AzurePath = "/openai/v1/";

    /// <summary>The client; it neither retries nor times out, since <see cref="ChatAsker"/> does.</summary>
    /// <exception cref="LabelException">OpenAI without a key.</exception>
    public static OpenAIClient Create(LlmOptions options)
    {
        var client = new OpenAIClientOptions { NetworkTimeout = Timeout.InfiniteTimeSpan, RetryPolicy = new ClientRetryPolicy(maxRetries: 0) };
        if (BaseAddress(options) is { } address) client.Endpoint = address;
#pragma warning disable OPENAI001 // The SDK's only way to use Entra ID or a header of its own; marked as under evaluation since it appeared.
        return (options.EffectiveKind, options.ApiKey) switch
        {
            (ApiKind.Azure, "") => new OpenAIClient(new BearerTokenPolicy(new DefaultAzureCredential(), options.Scope), client),
            (ApiKind.Azure, var key) => new OpenAIClient(ApiKeyAuthenticationPolicy.CreateHeaderApiKeyPolicy(new ApiKeyCredential(key), "api-key"), client),
            // The SDK wants a key; servers without keys ignore it.
            (ApiKind.Compatible, "") => new OpenAIClient(new ApiKeyCredential("none"), client),
            (_, "") => throw new LabelException("OpenAI needs a key: set Llm__ApiKey."),
            (_, var key) => new OpenAIClient(new ApiKeyCredential(key), client),
        };
#pragma warning restore OPENAI001
    }

    /// <summary>The address requests go below; null for OpenAI's own.</summary>
    public static Uri? BaseAddress(LlmOptions options)
    {
        if (options.Endpoint.Length == 0) return null;
        var address = new Uri(options.Endpoint);
        return options.EffectiveKind == ApiKind.Azure && address.AbsolutePath.Trim('/').Length == 0 ? new Uri(address, AzurePath) : address;
    }
}
