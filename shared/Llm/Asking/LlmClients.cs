using System.ClientModel;
using System.ClientModel.Primitives;
using Azure.AI.OpenAI;
using Azure.Core;
using Azure.Identity;
using OpenAI;

namespace HsNas.Llm.Asking;

/// <summary>The SDK's client for the endpoint that settings name.</summary>
public static class LlmClients
{
    private const string AzurePath = "/openai/v1/";

    /// <summary>The client; it neither retries nor times out, since <see cref="ChatAsker"/> does.</summary>
    /// <exception cref="LabelException">OpenAI without a key.</exception>
    public static OpenAIClient Create(LlmOptions options) => Create(options, () => new DefaultAzureCredential(), null);

    /// <summary>The same with another source of tokens, and another transport.</summary>
    internal static OpenAIClient Create(LlmOptions options, Func<TokenCredential> identity, PipelineTransport? transport)
    {
        if (options.ApiVersion.Length > 0) return Deployments(options, identity, transport);
        var client = new OpenAIClientOptions
        {
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            Transport = transport,
        };
        if (BaseAddress(options) is { } address) client.Endpoint = address;
        // The SDK has no other way to use Entra ID or a header of its own. It has marked this one as under evaluation since it appeared.
#pragma warning disable OPENAI001
        return (options.EffectiveKind, options.ApiKey) switch
        {
            (ApiKind.Azure, "") => new OpenAIClient(new BearerTokenPolicy(identity(), options.Scope), client),
            (ApiKind.Azure, var key) =>
                new OpenAIClient(ApiKeyAuthenticationPolicy.CreateHeaderApiKeyPolicy(new ApiKeyCredential(key), "api-key"), client),
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
        return options.EffectiveKind == ApiKind.Azure && options.ApiVersion.Length == 0 && address.AbsolutePath.Trim('/').Length == 0
            ? new Uri(address, AzurePath) : address;
    }

    private static AzureOpenAIClient Deployments(LlmOptions options, Func<TokenCredential> identity, PipelineTransport? transport)
    {
        var client = new AzureOpenAIClientOptions
        {
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            Transport = transport,
            Audience = options.Scope,
        };
        client.AddPolicy(new ApiVersionPolicy(options.ApiVersion), PipelinePosition.PerCall);
        var address = new Uri(options.Endpoint);
        return options.ApiKey.Length > 0
            ? new AzureOpenAIClient(address, new ApiKeyCredential(options.ApiKey), client)
            : new AzureOpenAIClient(address, identity(), client);
    }
}
