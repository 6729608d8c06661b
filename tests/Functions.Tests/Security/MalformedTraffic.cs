using System.Text;
using HsNas.Functions.Tests.Requests;
using HsNas.Kernel;

namespace HsNas.Functions.Tests.Security;

/// <summary>What part of a request is wrong, and so what may be expected of its answer.</summary>
internal enum Fault
{
    /// <summary>Correct HTTP to a route of ours: the answer is a problem document.</summary>
    Content,

    /// <summary>Correct HTTP to a route of ours that names a thing: the answer is a problem document too, 400 or 404.</summary>
    Name,

    /// <summary>A route or a method: the status says all; our own functions also say it in words.</summary>
    Route,

    /// <summary>Broken HTTP: the server may answer by its status alone, or hang up.</summary>
    Framing,
}

/// <summary>One request as bytes on the wire.</summary>
internal sealed record WireRequest(Fault Fault, byte[] Bytes)
{
    public override string ToString() => $"{Fault}: {Encoding.Latin1.GetString(Bytes.Length <= 2000 ? Bytes : Bytes[..2000])}";
}

/// <summary>Malformed requests from a seed.</summary>
internal static class MalformedTraffic
{
    private static readonly string[] Ids =
    [
        "nobody", "..", "%2e%2e", "..%2F..%2Fsecrets", "%00", "a%00b", "%C3%28", "%ff", "a b", "a%20b", "a'%20OR%201=1--", "<script>",
        "%3Cscript%3E", "%0d%0aX-Injected:1",
        "{id}", "0123456789abcdef0123456789abcde/", "searches", "%5c..%5c", "::$DATA", "con", "💥", "%F0%9F%92%A5", "a;b=c", "a?b#c", "-",
        "*", "%", "%zz", "%u0041",
    ];

    private static readonly string[] Suffixes = ["", "/", "/result", "/report", "/cancel", "/result/..", "/report/%2e%2e/result", "//",
        "/nothing", "/result?x=%", "/report?code=&code="];
    private static readonly string[] PredictorSuffixes =
        ["", "/", "/redistil", "/select", "/redistil/", "/select/..", "/%2e%2e/select", "//", "/nothing", "/redistil?x=%"];
    private static readonly string[] SweepSuffixes =
    [
        "", "/", "/table", "/table?format=x", "/table?measured=%", "/table?format=csv&format=csv", "/stop", "/resume", "/rows", "/stop/..",
    ];
    private static readonly string[] Targets =
    [
        "/api/searches", "api/searches", "http://other/api/searches", "*", "", "/" + new string('a', 9000), "/api/../api/searches",
        "/api/%73earches/x",
    ];

    private const string EmptyBody = "HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n";
    private static readonly string[] Verbs = ["GET", "POST", "PUT", "HEAD", "DELETE"];
    private static readonly string[] Methods =
        ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "CONNECT", "get", "G\0T", "POST POST", "", "PROPFIND"];

    private static readonly string[] Headers =
    [
        "Content-Length: -1", "Content-Length: 99999999999999999999", "Content-Length: 5\r\nContent-Length: 6", "Content-Length: 1e3",
        "Content-Length: 40000000",
        "Transfer-Encoding: chunked", "Transfer-Encoding: gzip", "Transfer-Encoding: chunked\r\nContent-Length: 3", "Host: a\r\nHost: b",
        "Host: ", "Host: a b", "No colon here",
        ": no name", "X: \0", "X: a\rb", "Content-Type: \xff", "Expect: 200-maybe", "Connection: upgrade\r\nUpgrade: h2c",
        "Content-Encoding: br", "Accept: \x01",
    ];

    private static readonly string[] Keys = ["", " ", "a b", "\t", new('k', 201), new('k', 5000), "a\r\nIdempotency-Key: b", "\x7f"];

    private static readonly string[] Durable =
    [
        "orchestrators/Nope", "orchestrators/SearchOrchestrator/%00", "instances/nobody", "instances/%2e%2e",
        "instances?runtimeStatus=Wrong", "instances?top=-1", "instances?top=x",
        "instances?createdTimeFrom=yesterday", "instances/nobody/raiseEvent/x", "instances/nobody/terminate?reason=%ff",
        "instances/nobody/rewind", "instances/nobody/restart",
        "instances?instanceIdPrefix=%00", "instances/nobody?showHistory=maybe",
        "orchestrators/SearchOrchestrator?timeout=x&pollingInterval=-5", "instances/nobody/raiseEvent/%00",
    ];

    /// <summary>The first <paramref name="count"/> requests of a seed.</summary>
    public static IEnumerable<WireRequest> Create(int count, long seed)
    {
        using var bodies = MalformedRequests.Create(count, seed).GetEnumerator();
        var random = SeededRandom.For(seed, 0, "malformed traffic");
        for (var i = 0; i < count; i++)
        {
            bodies.MoveNext();
            yield return random.Next(10) switch
            {
                <= 3 => new WireRequest(Fault.Content, Post(
                    bodies.Current, $"Content-Type: {One(random, "application/json", "text/plain", "application/xml", "x", "")}")),
                4 => new WireRequest(Fault.Content, Post(bodies.Current, $"Idempotency-Key: {One(random, Keys)}")),
                5 => new WireRequest(Fault.Content, Post(Noise(random), "X: y")),
                6 => new WireRequest(Fault.Route,
                    Bytes($"{One(random, Verbs)} /api/searches/{One(random, Ids)}{One(random, Suffixes)} {EmptyBody}")),
                7 => new WireRequest(Fault.Route,
                    Bytes(
                        $"{One(random, "GET", "POST", "DELETE")} /runtime/webhooks/durabletask/{One(random, Durable)} "
                        + "HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1\r\n", "{")),
                8 => new WireRequest(Fault.Framing, Bytes(
                    $"POST /api/searches HTTP/1.1\r\n{One(random, "Host: x\r\n", "")}{One(random, Headers)}\r\n", "{}")),
                _ => new WireRequest(Fault.Framing, Line(random)),
            };
        }
    }

    /// <summary>The same for the routes of predictors.</summary>
    public static IEnumerable<WireRequest> CreateForPredictors(int count, long seed)
    {
        using var redistillations = MalformedRequests.Create(count, seed, MalformedRequests.Redistillation).GetEnumerator();
        using var selections = MalformedRequests.Create(count, seed, MalformedRequests.Selection).GetEnumerator();
        var random = SeededRandom.For(seed, 0, "malformed predictor traffic");
        for (var i = 0; i < count; i++)
        {
            redistillations.MoveNext();
            selections.MoveNext();
            yield return random.Next(5) switch
            {
                // The task is known, but has no seed architectures: good requests are refused too.
                0 => new WireRequest(Fault.Content, Post(redistillations.Current, "X: y", "predictors/tiny-en-de/redistil")),
                1 => new WireRequest(Fault.Name, Post(redistillations.Current, "X: y", "predictors/nobody/redistil")),
                2 => new WireRequest(
                    Fault.Name, Post(selections.Current, "X: y", $"predictors/{One(random, "tiny-en-de", "nobody")}/select")),
                3 => new WireRequest(Fault.Name, Post(Noise(random), "X: y", $"predictors/tiny-en-de/{One(random, "redistil", "select")}")),
                _ => new WireRequest(Fault.Route,
                    Bytes($"{One(random, Verbs)} /api/predictors/{One(random, Ids)}{One(random, PredictorSuffixes)} {EmptyBody}")),
            };
        }
    }

    /// <summary>The same for the routes of sweeps.</summary>
    public static IEnumerable<WireRequest> CreateForSweeps(int count, long seed)
    {
        using var sweeps = MalformedRequests.Create(count, seed, MalformedRequests.Sweep).GetEnumerator();
        var random = SeededRandom.For(seed, 0, "malformed sweep traffic");
        for (var i = 0; i < count; i++)
        {
            sweeps.MoveNext();
            yield return random.Next(4) switch
            {
                // The task has neither text nor seed architectures: good requests are refused too.
                0 => new WireRequest(Fault.Content, Post(sweeps.Current, $"Idempotency-Key: {One(random, Keys)}", "sweeps")),
                1 => new WireRequest(Fault.Content, Post(sweeps.Current, "X: y", "sweeps")),
                2 => new WireRequest(Fault.Name, Post(sweeps.Current, "X: y", "sweeps/nobody/rows")),
                _ => new WireRequest(Fault.Route,
                    Bytes($"{One(random, Verbs)} /api/sweeps/{One(random, Ids)}{One(random, SweepSuffixes)} {EmptyBody}")),
            };
        }
    }

    /// <summary>A correct POST of a body; Connection: close, so that the end of the answer is the end of the stream.</summary>
    public static byte[] Post(byte[] body, string header, string route = "searches") =>
        [.. Bytes($"POST /api/{route} HTTP/1.1\r\nHost: x\r\nContent-Length: {body.Length}\r\n{header}\r\n"), .. body];

    private static byte[] Line(SeededRandom random) => Bytes(
        $"{One(random, Methods)} {One(random, Targets)} "
        + $"{One(random, "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "http", "")}\r\nHost: x\r\n");

    private static byte[] Noise(SeededRandom random)
    {
        var noise = new byte[random.Next(3) == 0 ? 70_000 : random.Next(300)];
        for (var i = 0; i < noise.Length; i++) noise[i] = (byte)random.Next(256);
        return noise;
    }

    private static string One(SeededRandom random, params string[] of) => of[random.Next(of.Length)];

    private static byte[] Bytes(string head, string body = "") =>
        [.. Encoding.UTF8.GetBytes($"{head}Connection: close\r\n\r\n"), .. Encoding.UTF8.GetBytes(body)];
}
