using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace HsNas.Telemetry;

/// <summary>
/// One search is one trace, whatever process works for it and however often it was killed: the trace id is the search's own id.
/// What a host traces by itself (a request, an invocation) is linked, not joined.
/// </summary>
public static class SearchTrace
{
    private const int IdLength = 32;

    /// <summary>The trace of an orchestration instance: children of a search ("ID-distillation") share the search's.</summary>
    public static ActivityTraceId IdOf(string instanceId)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var search = instanceId.Split('-', 2)[0];
        return search.Length == IdLength && search.All(char.IsAsciiHexDigitLower) && search.Any(c => c != '0')
            ? ActivityTraceId.CreateFromString(search)
            : ActivityTraceId.CreateFromBytes(SHA256.HashData(Encoding.UTF8.GetBytes(instanceId)).AsSpan(0, IdLength / 2));
    }

    /// <summary>Starts a span in the trace of an instance; null where nobody listens.</summary>
    public static Activity? Start(ActivitySource source, string name, ActivityKind kind, string instanceId)
    {
        ArgumentNullException.ThrowIfNull(source);
        var trace = IdOf(instanceId);
        var around = Activity.Current;
        if (around?.TraceId == trace || !source.HasListeners()) return source.StartActivity(name, kind);
        // An ambient span of another trace would be taken for the parent.
        Activity.Current = null;
        var links = around is { IdFormat: ActivityIdFormat.W3C } ? new[] { new ActivityLink(around.Context) } : null;
        var span = source.StartActivity(name, kind, new ActivityContext(trace, default, ActivityTraceFlags.Recorded), links: links);
        if (span is null) Activity.Current = around;
        return span?.SetTag("hsnas.instance", instanceId);
    }

    /// <summary>
    /// Starts a span that goes on where a message's sender left off; in the instance's trace where the message does not say.
    /// </summary>
    public static Activity? Continue(ActivitySource source, string name, ActivityKind kind, string? traceParent, string instanceId)
    {
        ArgumentNullException.ThrowIfNull(source);
        return ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent)
            ? source.StartActivity(name, kind, parent)?.SetTag("hsnas.instance", instanceId)
            : Start(source, name, kind, instanceId);
    }
}
