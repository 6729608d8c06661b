using HsNas.Contracts.Requests;
using HsNas.Contracts.Supernets;
using HsNas.Contracts.Sweeps;
using HsNas.Evolution.Constraints;
using HsNas.Shared.Tests.Support;

namespace HsNas.Shared.Tests.Requests;

public sealed class RequestDocsTests
{
    private static readonly string Page = Path.Combine(Published.Repository, "docs", "requests.md");

    public static TheoryData<string> Tables => ["search", "sweep", "rows", "redistillation", "selection"];

    /// <summary>With HSNAS_UPDATE_GOLDEN=1 the page is written anew.</summary>
    [Theory]
    [MemberData(nameof(Tables))]
    public void Table_of_the_page_equals_the_definition_of_the_fields(string name)
    {
        var page = File.ReadAllText(Page).ReplaceLineEndings("\n");
        var (start, end) = ($"<!-- table: {name} -->\n", "<!-- end -->");
        var first = page.IndexOf(start, StringComparison.Ordinal) + start.Length;
        var last = page.IndexOf(end, first, StringComparison.Ordinal);
        var expected = FieldTable.Of(Fields(name), withOptions: name == "search");
        if (Environment.GetEnvironmentVariable("HSNAS_UPDATE_GOLDEN") == "1")
            File.WriteAllText(Page, string.Concat(page.AsSpan(0, first), expected, page.AsSpan(last)));
        else
            Assert.Equal(expected, page[first..last]);
    }

    private static IReadOnlyList<RequestField> Fields(string name) => name switch
    {
        "search" => SearchFields.All(ConstraintSet.BuiltIn, SupernetKinds.BuiltIn),
        "sweep" => SweepFields.All,
        "rows" => SweepFields.OfRows,
        "redistillation" => RedistillationRequest.Fields,
        _ => SelectionRequest.Fields,
    };
}
