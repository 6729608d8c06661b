using HsNas.Containers.Tests.Compose;
using HsNas.Containers.Tests.Support;

namespace HsNas.Containers.Tests;

/// <summary>compose.yaml, read; no engine is needed.</summary>
public sealed class ComposeTests
{
    private static readonly ComposeFile Compose =
        Checkouts.Compose(new Dictionary<string, string>(StringComparer.Ordinal) { ["REGISTRY"] = "host" });

    [Fact]
    public void Storage_model_app_and_two_workers_are_started()
    {
        Assert.Equal(["functions", "model", "storage", "worker"], Compose.Services.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(2, Compose.Services["worker"].Deploy.Replicas);
        Assert.Equal($"{Compose.Services["worker"].Deploy.Replicas}", Compose.Services["functions"].Environment["Pipeline__ScoreJobs"]);
    }

    [Fact]
    public void Every_service_is_confined()
    {
        Assert.All(Compose.Services.Values, service =>
        {
            Assert.True(service.ReadOnly);
            Assert.Equal(["ALL"], service.CapDrop);
            Assert.Equal(["no-new-privileges:true"], service.SecurityOpt);
        });
        Assert.All(Compose.Services.Values.Where(s => s.Build is not null), service => Assert.Equal("10001", service.User));
    }

    [Fact]
    public void Only_loopback_is_open() => Assert.All(
        Compose.Services.Values.SelectMany(s => s.Ports), port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));

    [Fact]
    public void A_key_that_the_tests_would_not_heed_is_refused() => Assert.ThrowsAny<Exception>(() => ComposeFile.Parse(
        "name: a\nservices: { b: { image: c, privileged: true } }", new Dictionary<string, string>(StringComparer.Ordinal)));
}
