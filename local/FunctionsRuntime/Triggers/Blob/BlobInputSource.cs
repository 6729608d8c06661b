using System.Reflection;
using Azure;
using Microsoft.Azure.Functions.Worker.Hosting;

namespace Microsoft.Azure.Functions.Worker.Triggers.Blob;

/// <summary>Fills [BlobInput] parameters; a blob that is not there is null.</summary>
internal sealed class BlobInputSource(StorageClients storage, BindingExpressions expressions) : IParameterSource
{
    public bool Handles(ParameterInfo parameter) => parameter.GetCustomAttribute<BlobInputAttribute>() is not null;

    public async ValueTask<object?> BindAsync(LocalFunctionContext context, ParameterInfo parameter)
    {
        var attribute = parameter.GetCustomAttribute<BlobInputAttribute>()!;
        var (container, blob) = StorageClients.Split(expressions.Resolve(attribute.BlobPath, context));
        try
        {
            return await BlobBinding.BindAsync(storage.Container(attribute.Connection, container), blob, parameter.ParameterType, context);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }
}
