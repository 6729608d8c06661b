using System.Text;
using System.Text.Json.Nodes;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Supernets;
using HsNas.Contracts.Sweeps;
using HsNas.Evolution.Constraints;
using HsNas.Functions.Hosting.OpenApi;

namespace HsNas.Functions.Tests.Routes;

/// <summary>The schemas of request bodies say what the readers of requests accept.</summary>
public sealed class RequestSchemaTests
{
    private static readonly string[] Tasks = ["tiny-en-de"];
    private static readonly SweepReader Sweeps = new(Tasks, ConstraintSet.BuiltIn, SupernetKinds.BuiltIn);

    public static TheoryData<string> Requests =>
        [nameof(SearchRequest), nameof(RedistillationRequest), nameof(SelectionRequest), nameof(SweepRequest), nameof(SweepRowsRequest)];

    [Theory]
    [MemberData(nameof(Requests))]
    public void The_reader_knows_the_fields_of_the_schema_and_no_other(string request) => Assert.All(Objects(Schema(request)), found =>
    {
        var unknown = At(found.Path, "no-such-field", 1);
        var error = Assert.Single(Faults(request, unknown), e => e.Field == Join(found.Path, "no-such-field"));
        var allowed = error.Message.Split("allowed: ")[1].TrimEnd('.').Split(", ");
        Assert.Equal(allowed.Order(StringComparer.Ordinal), Properties(found.Schema).Select(p => p.Key).Order(StringComparer.Ordinal));
    });

    [Theory]
    [MemberData(nameof(Requests))]
    public void Each_field_has_a_description(string request) => Assert.All(
        Objects(Schema(request)).SelectMany(o => Properties(o.Schema)),
        field => Assert.False(string.IsNullOrWhiteSpace((string?)field.Value!["description"]), field.Key));

    [Theory]
    [MemberData(nameof(Requests))]
    public void The_reader_refuses_what_the_schema_refuses(string request) => Assert.All(
        from found in Objects(Schema(request))
        from field in Properties(found.Schema)
        from value in Outside(field.Value!.AsObject())
        select (Path: Join(found.Path, field.Key), Body: At(found.Path, field.Key, value)),
        refused => Assert.Contains(Faults(request, refused.Body), e => e.Field == refused.Path));

    [Theory]
    [MemberData(nameof(Requests))]
    public void The_reader_accepts_the_defaults_of_the_schema(string request) => Assert.All(
        from found in Objects(Schema(request))
        from field in Properties(found.Schema)
        where field.Value!["default"] is not null
        select (Path: Join(found.Path, field.Key), Body: At(found.Path, field.Key, field.Value["default"]!.DeepClone())),
        accepted => Assert.DoesNotContain(Faults(request, accepted.Body), e => e.Field == accepted.Path));

    private static JsonObject Schema(string request) =>
        RequestSchemas.Of(ConstraintSet.BuiltIn, SupernetKinds.BuiltIn).Single(s => s.Key.Name == request).Value;

    private static IReadOnlyList<FieldError> Faults(string request, JsonObject body)
    {
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        return request switch
        {
            nameof(SearchRequest) => SearchRequestReader.Read(bytes, Tasks).Errors,
            nameof(RedistillationRequest) => RedistillationRequest.Read(bytes).Errors,
            nameof(SweepRequest) => Sweeps.Read(bytes).Errors,
            nameof(SweepRowsRequest) => Sweeps.ReadRows(bytes, search: null).Errors,
            _ => SelectionRequest.Read(bytes).Errors,
        };
    }

    // The schema itself and those of the objects in it, each with its path.
    private static IEnumerable<(string Path, JsonObject Schema)> Objects(JsonObject schema, string path = "") =>
        Properties(schema).Where(p => p.Value!["properties"] is not null)
            .SelectMany(p => Objects(p.Value!.AsObject(), Join(path, p.Key))).Prepend((path, schema));

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Properties(JsonObject schema) => schema["properties"]!.AsObject();

    private static IEnumerable<JsonNode> Outside(JsonObject schema)
    {
        yield return new JsonArray();
        if (schema["enum"] is not null) yield return "no-such-choice";
        if (schema["pattern"] is not null) yield return "!";
        if (schema["minimum"] is { } least) yield return (double)least - 1;
        if (schema["exclusiveMinimum"] is { } above) yield return above.DeepClone();
        if (schema["maximum"] is { } most) yield return (double)most + 1;
    }

    private static JsonObject At(string path, string field, JsonNode value) =>
        path.Split('.', StringSplitOptions.RemoveEmptyEntries).Reverse()
            .Aggregate(new JsonObject { [field] = value }, (inner, name) => new JsonObject { [name] = inner });

    private static string Join(string path, string field) => path.Length == 0 ? field : $"{path}.{field}";
}
