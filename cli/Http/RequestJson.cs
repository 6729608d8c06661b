using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HsNas.Contracts.Requests;

namespace HsNas.Cli.Http;

/// <summary>A request as it is sent, field by field. What is not set is left to the function app's defaults.</summary>
internal sealed class RequestJson
{
    private readonly JsonObject _document = [];

    /// <summary>Sets a field; null leaves it as it is.</summary>
    public RequestJson Set(RequestField field, object? value)
    {
        if (value is null) return this;
        var group = _document;
        foreach (var name in field.Path.Split('.')[..^1])
        {
            if (group[name] is not JsonObject inner) group[name] = inner = [];
            group = inner;
        }

        group[field.Name] = JsonSerializer.SerializeToNode(value);
        return this;
    }

    /// <summary>Whether a field at the top is set.</summary>
    public bool Has(RequestField field) => _document.ContainsKey(field.Name);

    /// <summary>The request's bytes.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_document.ToJsonString());
}
