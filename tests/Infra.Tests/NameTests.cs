using HsNas.Contracts;

namespace HsNas.Infra.Tests;

/// <summary>Names that the code and the files for Azure must spell alike.</summary>
public sealed class NameTests
{
    [Fact]
    public void Containers_are_those_that_the_code_names()
    {
        const string Type = "Microsoft.Storage/storageAccounts/blobServices/containers";
        Assert.Equal(BlobLayout.Containers.Order(), Snapshot.Of("storage").LastNames(Type).Order());
        // Flex Consumption reads the app itself from one.
        Assert.Equal(BlobLayout.Containers.Append("app-package").Order(), Snapshot.Of("dts").LastNames(Type).Order());
    }

    [Fact]
    public void Queues_are_those_that_the_code_names() => Assert.All(Snapshot.All, snapshot => Assert.Equal(
        BlobLayout.Queues.Order(), snapshot.LastNames("Microsoft.Storage/storageAccounts/queueServices/queues").Order()));

    [Fact]
    public void Workers_follow_the_queue_of_jobs_by_identity_from_none_to_the_limit() => Assert.All(Snapshot.All, snapshot =>
    {
        var worker = snapshot.Resources("Microsoft.App/containerApps").Single(a => a.GetProperty("name").GetString() == "hsnas-worker");
        var scale = worker.GetProperty("properties").GetProperty("template").GetProperty("scale");
        var rule = Assert.Single(scale.GetProperty("rules").EnumerateArray()).GetProperty("custom");
        var account = Assert.Single(snapshot.LastNames("Microsoft.Storage/storageAccounts"));

        Assert.Equal((0, 2), (scale.GetProperty("minReplicas").GetInt32(), scale.GetProperty("maxReplicas").GetInt32()));
        Assert.Equal("azure-queue", rule.GetProperty("type").GetString());
        Assert.Equal(BlobLayout.JobQueue, rule.GetProperty("metadata").GetProperty("queueName").GetString());
        Assert.Equal(account, rule.GetProperty("metadata").GetProperty("accountName").GetString());
        Assert.EndsWith("/hsnas-worker", rule.GetProperty("identity").GetString(), StringComparison.Ordinal);
        Assert.False(rule.TryGetProperty("auth", out _));
    });

    [Fact]
    public void Events_of_dropped_requests_go_into_the_queue_that_the_app_reads()
    {
        var subscription = Assert.Single(Snapshot.Of("dts").Resources("Microsoft.EventGrid/systemTopics/eventSubscriptions"));
        var properties = subscription.GetProperty("properties");
        var delivery = properties.GetProperty("deliveryWithResourceIdentity");
        var filter = properties.GetProperty("filter");
        var subject = filter.GetProperty("subjectBeginsWith").GetString() + "a" + filter.GetProperty("subjectEndsWith").GetString();

        Assert.Equal("a", BlobLayout.NameOfRequest(subject));
        var destination = delivery.GetProperty("destination").GetProperty("properties");
        Assert.Equal(BlobLayout.RequestEventQueue, destination.GetProperty("queueName").GetString());
        Assert.Equal("SystemAssigned", delivery.GetProperty("identity").GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("storage", "Consumption-GPU-NC8as-T4", "56Gi")]
    [InlineData("dts", "Consumption-GPU-NC24-A100", "220Gi")]
    public void Workers_have_the_GPU_that_was_asked_for(string name, string profile, string memory)
    {
        var snapshot = Snapshot.Of(name);
        var profiles = Assert.Single(snapshot.Resources("Microsoft.App/managedEnvironments")).GetProperty("properties")
            .GetProperty("workloadProfiles").EnumerateArray();
        var worker = snapshot.Resources("Microsoft.App/containerApps").Single(a => a.GetProperty("name").GetString() == "hsnas-worker");
        var container = worker.GetProperty("properties").GetProperty("template").GetProperty("containers")[0];

        Assert.Contains(profiles, p => p.GetProperty("workloadProfileType").GetString() == profile);
        Assert.Equal(memory, container.GetProperty("resources").GetProperty("memory").GetString());
    }
}
