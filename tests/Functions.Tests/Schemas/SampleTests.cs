using System.Text;
using System.Text.Json;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Supernets;
using HsNas.Contracts.Sweeps;
using HsNas.Evolution.Constraints;
using HsNas.Functions.Tests.Histories;
using HsNas.Spaces;

namespace HsNas.Functions.Tests.Schemas;

/// <summary>What version 1 wrote is read by this one, whole. docs/schemas/README.md says what to do where it no longer is.</summary>
public sealed class SampleTests
{
    private const string Advice = "Files of this form are out there, and they are no longer read whole; see docs/schemas/README.md.";

    private static readonly string[] Tasks = [.. TaskCatalog.BuiltIn.Select(t => t.Name)];

    public static TheoryData<string> Read => [.. Contract.All.Where(c => c.Group != "requests").Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Read))]
    public void A_sample_is_read_and_nothing_of_it_is_lost(string name)
    {
        var sample = File.ReadAllText(SchemaFiles.Sample(name));

        var fault = JsonSubset.Fault(sample, Contract.All.Single(c => c.Name == name).ReadAndWrite(sample));

        Assert.True(fault is null, $"{name}: {fault}. {Advice}");
    }

    [Fact]
    public void Sample_requests_are_accepted()
    {
        var sweeps = new SweepReader(Tasks, ConstraintSet.BuiltIn, SupernetKinds.BuiltIn);
        (string Name, IReadOnlyList<FieldError> Errors)[] read =
        [
            ("search", SearchRequestReader.Read(Request("search"), Tasks).Errors),
            ("sweep", sweeps.Read(Request("sweep")).Errors),
            ("sweep-rows", sweeps.ReadRows(Request("sweep-rows"), JsonElement.Parse("""{"task":"tiny-en-de"}""")).Errors),
            ("redistillation", RedistillationRequest.Read(Request("redistillation")).Errors),
            ("selection", SelectionRequest.Read(Request("selection")).Errors),
        ];
        Assert.All(read, r => Assert.True(r.Errors.Count == 0, $"{r.Name}: {string.Join(' ', r.Errors)}. {Advice}"));
        Assert.Equal(Contract.All.Count(c => c.Group == "requests"), read.Length);
    }

    [Fact]
    public void A_lost_field_is_noticed()
    {
        Assert.Equal("$.a.b is missing", JsonSubset.Fault("""{"a":{"b":1}}""", """{"a":{"c":1}}"""));
        Assert.Equal("$[1] was 2 and is 3", JsonSubset.Fault("[1,2]", "[1,3]"));
        Assert.Null(JsonSubset.Fault("""{"a":1.0,"b":null}""", """{"a":1,"c":2}"""));
    }

    private static byte[] Request(string name) => Encoding.UTF8.GetBytes(File.ReadAllText(SchemaFiles.Sample($"requests/{name}-request")));
}
