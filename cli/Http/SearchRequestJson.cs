using System.Text.Json.Nodes;
using HsNas.Evolution.Constraints;

namespace HsNas.Cli.Http;

/// <summary>Builds a request from options; what is not given is left to the function app's defaults.</summary>
internal sealed record SearchRequestJson
{
    /// <summary>Task name.</summary>
    public required string Task { get; init; }

    /// <summary>Device name.</summary>
    public string? Device { get; init; }

    /// <summary>Hard limits.</summary>
    public SearchConstraints Limits { get; init; } = new();

    /// <summary>Generations.</summary>
    public int? Iterations { get; init; }

    /// <summary>Seed of the evolution.</summary>
    public long? Seed { get; init; }

    /// <summary>Kind of supernet.</summary>
    public string? Supernet { get; init; }

    /// <summary>Updates of the supernet.</summary>
    public int? SupernetSteps { get; init; }

    /// <summary>Teacher of the distilled predictor.</summary>
    public string? Teacher { get; init; }

    /// <summary>First and last generation ranked by the distilled predictor.</summary>
    public (int Start, int End)? Window { get; init; }

    /// <summary>Labels bought where there is no predictor yet.</summary>
    public int? Labels { get; init; }

    /// <summary>Most that labels may cost, US dollars.</summary>
    public double? MaxCostUsd { get; init; }

    /// <summary>Also run the plain supernet search.</summary>
    public bool Compare { get; init; }

    /// <summary>Leave out the winner's training.</summary>
    public bool NoTraining { get; init; }

    /// <summary>The request's bytes.</summary>
    public byte[] ToBytes()
    {
        var json = new JsonObject { ["task"] = Task };
        Add(json, "device", Device);
        AddObject(json, "limits", [.. Limits.All.Select(l => (l.Key, l.Value == SearchConstraints.FlagLimit ? true : (object)l.Value))]);
        AddObject(json, "evolution", ("iterations", Iterations), ("seed", Seed));
        AddObject(json, "supernet", ("kind", Supernet), ("steps", SupernetSteps));
        Add(json, "teacher", Teacher);
        AddObject(json, "window", ("start", Window?.Start), ("end", Window?.End));
        Add(json, "labels", Labels);
        Add(json, "maxCostUsd", MaxCostUsd);
        if (Compare) json["compare"] = true;
        if (NoTraining) json["trainWinner"] = false;
        return System.Text.Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    private static void AddObject(JsonObject json, string name, params ReadOnlySpan<(string Name, object? Value)> fields)
    {
        var inner = new JsonObject();
        foreach (var (field, value) in fields) Add(inner, field, value);
        if (inner.Count > 0) json[name] = inner;
    }

    private static void Add(JsonObject json, string name, object? value)
    {
        if (value is not null) json[name] = JsonValue.Create(value);
    }
}
