using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HsNas.Contracts.Supernets;
using HsNas.Evolution.Constraints;
using HsNas.Functions.Hosting.OpenApi;

namespace HsNas.Functions.Tests.Schemas;

/// <summary>docs/schemas says what programs write and read now. HSNAS_UPDATE_GOLDEN=1 writes it anew.</summary>
public sealed partial class SchemaTests
{
    private const string Advice = "The form of what is written changed. docs/schemas/README.md says what that asks for.";

    // Read as JSON by the tests that compare them, or forms of no lasting meaning.
    private static readonly string[] Passing = ["T", "TResult", "TInput", "double?", "HashSet<string>", "LastLook", "BytePairVocabulary"];

    public static TheoryData<string> Names => [.. Contract.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_schema_of_a_form_is_the_committed_one(string name)
    {
        var now = SchemaWriter.Write(Contract.All.Single(c => c.Name == name), SchemaFiles.Version);
        Assert.True(SchemaFiles.Golden($"v{SchemaFiles.Version}/{name}.schema.json", now) == now, $"{name}: {Advice}");
    }

    [Fact]
    public void There_is_no_schema_of_a_form_that_nobody_writes() => Assert.Equal(
        Contract.All.Select(c => c.Name).Order(StringComparer.Ordinal), SchemaFiles.Names($"v{SchemaFiles.Version}", ".schema.json"));

    [Fact]
    public void The_OpenAPI_document_is_the_committed_one()
    {
        var document = OpenApiDocument.Create(
            HttpRoute.Of(typeof(HttpRoute).Assembly), RequestSchemas.Of(ConstraintSet.BuiltIn, SupernetKinds.BuiltIn),
            typeof(HttpRoute).Assembly.GetName().Version!.ToString(fieldCount: 3));
        var now = document.ToJsonString(Kernel.Json.Indented) + "\n";
        Assert.True(SchemaFiles.Golden("openapi.json", now) == now, $"openapi.json: {Advice}");
    }

    [Fact]
    public void Every_property_of_a_message_is_described()
    {
        var bare =
            from contract in Contract.All.Where(c => c.Group == "messages")
            let schema = JsonNode.Parse(SchemaWriter.Write(contract, SchemaFiles.Version))!
            from property in schema["properties"]!.AsObject()
            where property.Value!["description"] is null
            select $"{contract.Name}: {property.Key}";
        Assert.Empty(bare);
    }

    [Fact]
    public void Every_blob_that_is_read_into_a_type_has_a_schema()
    {
        var root = Path.Combine(SchemaFiles.Root, "..", "..");
        var read =
            from folder in new[] { "functions", "shared", "gpu-worker" }
            from file in Directory.GetFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories)
            where !file.Contains("/obj/", StringComparison.Ordinal)
            from match in ReadAs().Matches(File.ReadAllText(file))
            select match.Groups[1].Value;
        // A list has the form of its items.
        Assert.Empty(read.Distinct().Except(Passing).Except(Contract.All.Select(c => c.Type.Name)));
    }

    [GeneratedRegex(@"ReadJsonAsync<(?:List<)?([\w?]+)>+\(")]
    private static partial Regex ReadAs();
}
