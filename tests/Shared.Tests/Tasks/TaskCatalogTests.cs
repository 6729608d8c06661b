using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HsNas.Kernel.Validation;
using HsNas.Spaces;

namespace HsNas.Shared.Tests.Tasks;

public class TaskCatalogTests
{
    [Fact]
    public void Five_tasks_are_built_in_with_the_published_vocabularies()
    {
        Assert.Equal(["tiny-en-de", "tiny-en-fr", "wmt14-en-de", "wmt14-en-fr", "wmt19-en-de"], TaskCatalog.BuiltIn.Select(t => t.Name));
        Assert.Equal(32_768, TaskCatalog.Get("wmt14-en-de").VocabularySize);
        Assert.Equal(44_512, TaskCatalog.Get("wmt14-en-fr").VocabularySize);
        Assert.Equal(49_600, TaskCatalog.Get("wmt19-en-de").VocabularySize);
    }

    [Fact]
    public void An_unknown_task_is_answered_with_those_that_exist()
    {
        var error = Assert.Throws<TaskDefinitionException>(() => TaskCatalog.Get("wmt99"));
        Assert.Contains("task is wmt99; expected one of tiny-en-de, tiny-en-fr, wmt14-en-de", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Definitions_survive_a_round_trip_through_json()
    {
        foreach (var task in TaskCatalog.BuiltIn)
        {
            var json = JsonSerializer.Serialize(task, StrictJson.Options);
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
            Assert.Equal(json, JsonSerializer.Serialize(TaskCatalog.Parse(stream, "copy.json"), StrictJson.Options));
        }
    }

    [Theory]
    [InlineData("colour", "\"red\"", "colour is unknown; expected one of the fields name, description")]
    [InlineData("vocabularySize", "\"2000\"", "vocabularySize is \"2000\"; expected a whole number")]
    [InlineData("vocabularySize", "2000.5", "vocabularySize is 2000.5; expected a whole number")]
    [InlineData("vocabularySize", "0", "vocabularySize is 0; expected 8 to 10000000")]
    [InlineData("vocabularySize", "null", "vocabularySize is null; expected a whole number")]
    [InlineData("name", "\"Tiny Task\"", "name is \"Tiny Task\"; expected 1 to 40 lower-case letters")]
    [InlineData("space.encoderHeads", "[3]", "space.encoderHeads is 3; expected divisors of qkvDim (64)")]
    [InlineData("space.encoderHeads", "[]", "space.encoderHeads is empty; expected at least one choice")]
    [InlineData("space.decoderLayers", "[2, 2]", "space.decoderLayers is [2, 2]; expected at least one choice, all distinct")]
    [InlineData("space.decoderArbitrary", "[0]", "space.decoderArbitrary is 0; expected values among -1, 1, 2")]
    [InlineData("space.decoderArbitrary", "[2]",
        "space.decoderArbitrary is 2; expected no more attended encoder layers than the shallowest encoder has (2)")]
    [InlineData("space.decoderFfnDims", "[64, \"128\"]", "space.decoderFfnDims[1] is \"128\"; expected a whole number")]
    [InlineData("training.dropout", "1.5", "training.dropout is 1.5; expected a number from 0")]
    public void A_bad_definition_is_refused_by_field_value_and_range(string path, string value, string message)
    {
        var json = Definition();
        var parts = path.Split('.');
        var parent = parts.Length == 1 ? json : json[parts[0]]!.AsObject();
        parent[parts[^1]] = JsonNode.Parse(value);
        var error = Assert.Throws<TaskDefinitionException>(() => TaskCatalog.Parse(json.ToJsonString(), "mine.json"));
        Assert.StartsWith("mine.json: " + message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_and_repeated_fields_and_broken_json_are_refused()
    {
        var json = Definition();
        json["space"]!.AsObject().Remove("qkvDim");
        Assert.Contains("space.qkvDim is missing", Refuse(json.ToJsonString()), StringComparison.Ordinal);
        Assert.Contains("name is given twice", Refuse("{\"name\": \"a\", \"name\": \"b\"}"), StringComparison.Ordinal);
        Assert.Contains("not readable", Refuse("{\"name\": "), StringComparison.Ordinal);
        Assert.Contains("expected an object", Refuse("[]"), StringComparison.Ordinal);
    }

    private static string Refuse(string json) => Assert.Throws<TaskDefinitionException>(() => TaskCatalog.Parse(json, "mine.json")).Message;

    private static JsonObject Definition() =>
        JsonNode.Parse(JsonSerializer.Serialize(TaskCatalog.Get("tiny-en-de"), StrictJson.Options))!.AsObject();
}
