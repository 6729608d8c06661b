using System.Text.Json;

namespace HsNas.Infra.Tests;

/// <summary>Nothing is reached by a key, and every identity has the roles that it uses and no other.</summary>
public sealed class IdentityTests
{
    private const string Storage = "Microsoft.Storage/storageAccounts";

    private static readonly Dictionary<string, string> RoleNames = new(StringComparer.Ordinal)
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["c6a89b2d-59bc-44d0-9896-0f6e12d7b80a"] = "Storage Queue Data Message Sender",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
        ["7f951dda-4ed3-4680-a7ca-43fe172d538d"] = "AcrPull",
        ["5e0bd9bd-7b93-4f28-af87-19fc36ad61bd"] = "Cognitive Services OpenAI User",
        ["0ad04412-c4d5-4796-b79c-f76d14c8d402"] = "Durable Task Data Contributor",
    };

    private static readonly (string, string, string)[] Always =
    [
        ("hsnas-app", Storage, "Storage Blob Data Owner"), ("hsnas-app", Storage, "Storage Queue Data Contributor"),
        ("hsnas-worker", Storage, "Storage Blob Data Contributor"), ("hsnas-worker", Storage, "Storage Queue Data Contributor"),
        ("hsnas-app", "Microsoft.Insights/components", "Monitoring Metrics Publisher"),
        ("hsnas-worker", "Microsoft.Insights/components", "Monitoring Metrics Publisher"),
        ("hsnas-app", "Microsoft.ContainerRegistry/registries", "AcrPull"),
        ("hsnas-worker", "Microsoft.ContainerRegistry/registries", "AcrPull"),
    ];

    private static readonly (string, string, string) Model =
        ("hsnas-app", "Microsoft.CognitiveServices/accounts", "Cognitive Services OpenAI User");

    private static readonly (string, string, string) Tables = ("hsnas-app", Storage, "Storage Table Data Contributor");

    [Fact]
    public void With_history_in_storage_the_roles_are_these_and_no_others() => Assert.Equal(
        [.. Always.Append(Tables).Order()], Roles("storage"));

    [Fact]
    public void With_a_model_of_its_own_the_app_may_ask_it() => Assert.Equal(
        [.. Always.Append(Tables).Append(Model).Order()], Roles("private"));

    [Fact]
    public void With_Durable_Task_Scheduler_the_roles_are_these_and_no_others() => Assert.Equal(
        [.. Always.Append(Model)
            .Append(("hsnas-app", "Microsoft.DurableTask/schedulers", "Durable Task Data Contributor"))
            .Append(("hsnas-requests", Storage, "Storage Queue Data Message Sender")).Order()],
        Roles("dts"));

    [Fact]
    public void No_key_is_asked_for_or_set() => Assert.All(Snapshot.All, snapshot => Assert.All(
        ["listKeys", "listAccountSas", "listServiceSas", "sharedKey\"", "AccountKey", "ApiKey", "listCredentials"],
        word => Assert.DoesNotContain(word, snapshot.Text, StringComparison.OrdinalIgnoreCase)));

    [Fact]
    public void Services_that_know_keys_have_them_switched_off() => Assert.All(Snapshot.All, snapshot =>
    {
        Is(snapshot, Storage, "allowSharedKeyAccess", "False");
        Is(snapshot, "Microsoft.ContainerRegistry/registries", "adminUserEnabled", "False");
        Is(snapshot, "Microsoft.Insights/components", "DisableLocalAuth", "True");
        foreach (var account in snapshot.Resources("Microsoft.CognitiveServices/accounts"))
            Assert.True(account.GetProperty("properties").GetProperty("disableLocalAuth").GetBoolean());
        foreach (var workspace in snapshot.Resources("Microsoft.OperationalInsights/workspaces"))
            Assert.True(workspace.GetProperty("properties").GetProperty("features").GetProperty("disableLocalAuth").GetBoolean());
        foreach (var policy in snapshot.Resources("Microsoft.Web/sites/basicPublishingCredentialsPolicies"))
            Assert.False(policy.GetProperty("properties").GetProperty("allow").GetBoolean());
    });

    [Fact]
    public void No_blob_is_public_and_only_TLS_1_2_is_spoken() => Assert.All(Snapshot.All, snapshot =>
    {
        Is(snapshot, Storage, "allowBlobPublicAccess", "False");
        Is(snapshot, Storage, "minimumTlsVersion", "TLS1_2");
        Is(snapshot, Storage, "supportsHttpsTrafficOnly", "True");
        foreach (var site in snapshot.Resources("Microsoft.Web/sites"))
        {
            Assert.True(site.GetProperty("properties").GetProperty("httpsOnly").GetBoolean());
            Assert.Equal("1.2", site.GetProperty("properties").GetProperty("siteConfig").GetProperty("minTlsVersion").GetString());
        }

        foreach (var app in snapshot.Resources("Microsoft.App/containerApps"))
            if (app.GetProperty("properties").GetProperty("configuration").TryGetProperty("ingress", out var ingress))
                Assert.False(ingress.GetProperty("allowInsecure").GetBoolean());
    });

    [Fact]
    public void Where_asked_for_storage_and_model_answer_in_the_network_alone()
    {
        var snapshot = Snapshot.Of("private");
        Is(snapshot, Storage, "publicNetworkAccess", "Disabled");
        Is(snapshot, "Microsoft.CognitiveServices/accounts", "publicNetworkAccess", "Disabled");
        var groups = snapshot.Resources("Microsoft.Network/privateEndpoints").Select(e => e.GetProperty("properties")
            .GetProperty("privateLinkServiceConnections")[0].GetProperty("properties").GetProperty("groupIds")[0].GetString());
        Assert.Equal(["account", "blob", "queue", "table"], groups.Order(StringComparer.Ordinal));
        Assert.Equal(4, snapshot.Resources("Microsoft.Network/privateDnsZones/virtualNetworkLinks").Count);
        Assert.Empty(Snapshot.Of("storage").Resources("Microsoft.Network/privateEndpoints"));
    }

    private static List<(string, string, string)> Roles(string name) =>
        [.. Snapshot.Of(name).Roles().Select(r => (r.Who, r.Where, RoleNames[r.Role])).Order()];

    private static void Is(Snapshot snapshot, string type, string property, string expected) => Assert.Equal(
        expected, Assert.Single(snapshot.Resources(type)).GetProperty("properties").GetProperty(property) is var value
            && value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText() is "true" ? "True" : "False");
}
