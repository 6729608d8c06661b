using System.Text;
using System.Text.Json.Nodes;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Supernets;
using HsNas.Evolution;
using HsNas.Evolution.Constraints;

namespace HsNas.Shared.Tests.Requests;

public sealed class SearchFieldsTests
{
    private static readonly string[] Tasks = ["tiny-en-de"];
    private static readonly IReadOnlyList<RequestField> Fields = SearchFields.All(ConstraintSet.BuiltIn, SupernetKinds.BuiltIn);

    public static TheoryData<string> Paths => [.. Leaves(Fields).Select(f => f.Path)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Reader_refuses_a_field_by_its_path_when_its_value_is_of_another_kind(string path)
    {
        // Neither a number, nor a flag, nor a task, nor letters and hyphens only.
        var errors = Read(path, JsonValue.Create("no value!")).Errors;

        Assert.Equal(path, Assert.Single(errors).Field);
    }

    // A window, a rule of convergence, a training of the winner or a teacher that is given is another request than none.
    public static TheoryData<string> WithDefault =>
        [.. Leaves(Fields).Except([.. SearchFields.Window.Fields, .. SearchFields.Convergence.Fields, .. WinnerFields.Group.Fields,
            .. TextFields.Group.Fields])
            .Where(f => f.Default is not null).Select(f => f.Path)];

    public static TheoryData<string> Bounded =>
        [.. Leaves(Fields).Where(f => (f.Least ?? f.Most ?? f.Above) is not null).Select(f => f.Path)];

    [Theory]
    [MemberData(nameof(WithDefault))]
    public void Reader_takes_the_default_when_a_field_is_left_out(string path) =>
        Assert.Equal(Read(path, JsonValue.Create(Find(path).Default)).Request, Read(null, null).Request);

    [Theory]
    [MemberData(nameof(Bounded))]
    public void Reader_refuses_a_number_when_it_is_beyond_the_bounds(string path)
    {
        var field = Find(path);
        double?[] beyond = [field.Least - 1, field.Most + 1, field.Above, field.Below];
        Assert.All(beyond.OfType<double>(), v => Assert.Equal(path, Assert.Single(Read(path, Number(field, v)).Errors).Field));
    }

    [Fact]
    public void A_search_that_may_converge_does_not_end_inside_its_window()
    {
        var request = Read("evolution.convergence", new JsonObject { ["tolerance"] = 0.01 }).Request!;

        Assert.Equal(new ConvergenceOptions { Patience = 8, Tolerance = 0.01 }, request.Evolution.Convergence);
        Assert.Equal(16, request.EvolutionInForce.Convergence!.EarliestGeneration);
        var distilledOnly = request with { Window = new HybridSchedule(1, 30) };
        Assert.Equal(1, distilledOnly.EvolutionInForce.Convergence!.EarliestGeneration);
    }

    [Fact]
    public void A_field_has_a_meaning_and_an_option_of_its_own()
    {
        Assert.All(Leaves(Fields), f => Assert.EndsWith(".", f.Meaning, StringComparison.Ordinal));
        var options = Leaves(Fields).Except(SearchFields.Window.Fields).Select(f => f.Option!).ToList();
        Assert.Equal(options.Count, options.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(["--supernet", "--no-distinct-population", "--no-training", "--max-cost-usd"], new[]
        {
            SearchFields.KindOf(SupernetKinds.BuiltIn), SearchFields.DistinctPopulation, SearchFields.TrainWinner, SearchFields.MaxCostUsd,
        }.Select(f => f.Option));
    }

    [Fact]
    public void Schema_says_what_the_definition_says()
    {
        var schema = RequestSchema.Of(Fields);

        Assert.Equal("""["task"]""", schema["required"]!.ToJsonString());
        Assert.Equal(Fields.Select(f => f.Name), schema["properties"]!.AsObject().Select(p => p.Key));
        var labels = schema["properties"]!["labels"]!.AsObject();
        Assert.Equal(SearchFields.Labels.Meaning, labels["description"]!.GetValue<string>());
        labels.Remove("description");
        Assert.Equal("""{"type":"integer","minimum":20,"maximum":100000,"default":3000}""", labels.ToJsonString());
        var limits = schema["properties"]!["limits"]!;
        Assert.Equal("""["number","null"]""", limits["properties"]!["latencyMs"]!["type"]!.ToJsonString());
        Assert.Equal("0", limits["properties"]!["latencyMs"]!["exclusiveMinimum"]!.ToJsonString());
        Assert.Equal("boolean", limits["properties"]!["encoderAtLeastAsDeep"]!["type"]!.GetValue<string>());
    }

    private static JsonNode Number(RequestField field, double value) =>
        field.Kind == FieldKind.WholeNumber ? JsonValue.Create((long)value) : JsonValue.Create(value);

    private static RequestField Find(string path) => Leaves(Fields).Single(f => f.Path == path);

    private static IEnumerable<RequestField> Leaves(IEnumerable<RequestField> fields) =>
        fields.SelectMany(f => f.Kind == FieldKind.Group ? Leaves(f.Fields) : [f]);

    private static ReadRequest Read(string? path, JsonNode? value)
    {
        var request = new JsonObject { ["task"] = Tasks[0] };
        var parent = request;
        if (path?.Split('.') is [.. var groups, var name])
        {
            foreach (var group in groups)
            {
                var child = new JsonObject();
                parent[group] = child;
                parent = child;
            }

            parent[name] = value;
        }

        if (path is "window.start") request["window"]!["end"] = 1;
        if (path is "window.end") request["window"]!["start"] = 1;
        return SearchRequestReader.Read(Encoding.UTF8.GetBytes(request.ToJsonString()), Tasks);
    }
}
