using System.Net;
using System.Text.Json;
using HsNas.Cli.Screens;
using HsNas.Cli.Tests.Support;
using HsNas.Client;
using HsNas.Contracts.Requests;
using HsNas.Kernel;

namespace HsNas.Cli.Tests.Screens;

public class SearchWatchTests
{
    [Fact]
    public async Task A_function_app_that_comes_back_is_followed_to_the_end()
    {
        var answers = new Queue<Func<HttpResponseMessage>>([
            () => Answer("Running"), () => throw new HttpRequestException("refused"), () =>
                new HttpResponseMessage(HttpStatusCode.BadGateway), () => Answer("Completed")]);
        var screen = new RecordingScreen();

        var status = await RunAsync(() => answers.Dequeue()(), screen);

        Assert.Equal("Completed", status.Status);
        Assert.Equal(["Running", "!", "!", "Completed"], screen.Seen);
    }

    [Fact]
    public async Task One_that_stays_away_is_given_up()
    {
        var screen = new RecordingScreen();

        await Assert.ThrowsAsync<AppUnavailableException>(() => RunAsync(() => throw new HttpRequestException("refused"), screen));

        Assert.True(screen.Seen.Count >= SearchWatch.Patience.TotalSeconds);
    }

    [Fact]
    public async Task An_unknown_search_is_an_error_at_once() =>
        await Assert.ThrowsAsync<RequestRefusedException>(
            () => RunAsync(() => new HttpResponseMessage(HttpStatusCode.NotFound), new RecordingScreen()));

    private static async Task<SearchStatus> RunAsync(Func<HttpResponseMessage> answer, IStatusScreen screen)
    {
        using var app = new FakeApp(_ => answer());
        using var client = new SearchClient(new FunctionAppAddress(new Uri("http://app.test/"), null), app);
        return await new SearchWatch(client, new HurryingTime()).FollowAsync("id", screen, default);
    }

    private static HttpResponseMessage Answer(string status) =>
        FakeApp.Json(JsonSerializer.Serialize(Samples.Status(status), Json.Options));

    private sealed class RecordingScreen : IStatusScreen
    {
        public List<string> Seen { get; } = [];

        public void Show(SearchStatus status) => Seen.Add(status.Status);

        public void ShowTrouble(string reason) => Seen.Add("!");
    }
}
