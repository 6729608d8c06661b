using System.Text;
using System.Text.Json;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Supernets;
using HsNas.Contracts.Sweeps;
using HsNas.Evolution.Constraints;
using HsNas.Spaces;

namespace HsNas.Functions.Tests.Routes;

/// <summary>samples/http shows every route of the app, and no other.</summary>
public sealed class HttpSampleTests
{
    [Fact]
    public void Every_route_has_a_sample_and_no_sample_names_another_route()
    {
        Assert.NotEmpty(AppRoutes.All);
        Assert.Equal(AppRoutes.All, HttpSample.All.Select(s => s.Route).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_sample_defines_the_variables_that_it_uses() =>
        Assert.All(HttpSample.All, sample => Assert.Empty(sample.Undefined));

    [Fact]
    public void Bodies_of_samples_are_accepted()
    {
        var bodies = HttpSample.All.Where(s => s.Body.Length > 0).ToList();
        Assert.Equal(7, bodies.Count);
        Assert.All(bodies, sample => Assert.Empty(Faults(sample)));
    }

    private static IReadOnlyList<FieldError> Faults(HttpSample sample)
    {
        var body = Encoding.UTF8.GetBytes(sample.Body);
        string[] tasks = [.. TaskCatalog.BuiltIn.Select(t => t.Name)];
        var sweeps = new SweepReader(tasks, ConstraintSet.BuiltIn, SupernetKinds.BuiltIn);
        return sample.Route switch
        {
            "POST /api/searches" => SearchRequestReader.Read(body, tasks).Errors,
            "POST /api/sweeps" => sweeps.Read(body).Errors,
            "POST /api/sweeps/{id}/rows" => sweeps.ReadRows(body, JsonElement.Parse("""{"task":"tiny-en-de"}""")).Errors,
            "POST /api/predictors/{task}/redistil" => RedistillationRequest.Read(body).Errors,
            "POST /api/predictors/{task}/select" => SelectionRequest.Read(body).Errors,
            _ => throw new InvalidOperationException($"{sample.File}: {sample.Route} has no body."),
        };
    }
}
