using HsNas.EndToEnd.Tests.Support;
using HsNas.Shared.Requests;

namespace HsNas.EndToEnd.Tests;

[Collection(SystemCollection.Name)]
public sealed class FullSearchTests(RunningSystems systems)
{
    [EndToEndFact]
    public async Task Search_ByHttp_FinishesWithAReport()
    {
        var id = await systems.FirstSearchAsync();
        var result = await systems.Main.Searches.ResultAsync(id);

        Assert.Equal(6, result.HsNas.Trace.Count);
        Assert.NotNull(result.HsNas.Winner);
        Assert.NotNull(result.HsNas.Training);
        Console.WriteLine(string.Join(", ", result.StageSeconds));
    }
}
