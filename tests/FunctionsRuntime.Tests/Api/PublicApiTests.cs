using System.Runtime.CompilerServices;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.FunctionsRuntime.Tests.Api;

/// <summary>
/// What compiles against the local runtime compiles against the official packages, and means the same. HSNAS_UPDATE_GOLDEN=1 writes
/// PublicApi.txt anew.
/// </summary>
public sealed class PublicApiTests
{
    private static readonly string Folder = Path.GetDirectoryName(Here())!;
    private static readonly IReadOnlyList<string> Local = PublicApi.Of(typeof(FunctionContext).Assembly);
    private static readonly OfficialApi Official = OfficialApi.Read(Path.Combine(Folder, "OfficialApi.txt"));

    private static readonly Dictionary<string, string> Exceptions = File.ReadAllLines(Path.Combine(Folder, "ApiExceptions.txt"))
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split(" # ", 2))
        .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

    public static TheoryData<string> OfficialDefaults =>
        [.. File.ReadAllLines(Path.Combine(Folder, "OfficialDefaults.txt")).Where(line => line.Length > 0 && line[0] != '#')];

    [Fact]
    public void The_public_types_and_members_are_the_listed_ones()
    {
        var file = Path.Combine(Folder, "PublicApi.txt");
        if (Environment.GetEnvironmentVariable("HSNAS_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllLines(file, Local);
        }

        Assert.Equal(File.ReadAllLines(file), Local);
    }

    [Fact]
    public void Nothing_is_public_that_the_official_packages_lack()
    {
        var lacking = Local.Where(line => !IsOfficial(line) && !Exceptions.ContainsKey(line)).ToList();
        Assert.True(lacking.Count == 0, "The official packages lack:\n" + string.Join('\n', lacking));
    }

    [Fact]
    public void An_attribute_may_stand_only_where_the_official_one_may() => Assert.DoesNotContain(
        Official.Members.Where(line => line.Contains(": [AttributeUsage", StringComparison.Ordinal)),
        line => Local.Any(one => one.StartsWith(line.Split(": ", 2)[0] + ": ", StringComparison.Ordinal)) && !Local.Contains(line));

    [Fact]
    public void An_exception_is_public_and_not_official() =>
        Assert.DoesNotContain(Exceptions.Keys, line => !Local.Contains(line) || IsOfficial(line));

    [Theory]
    [MemberData(nameof(OfficialDefaults))]
    public void A_property_that_nobody_sets_has_the_official_value(string fact)
    {
        var parts = fact.Split(' ');

        Assert.Equal(parts[2], Defaults.Of(typeof(FunctionContext).Assembly.GetType(parts[0], throwOnError: true)!, parts[1]));
    }

    [Theory]
    [InlineData("Microsoft.DurableTask.TaskOrchestrationContext: abstract void SetCustomStatus(object customStatus)", true)]
    [InlineData("Microsoft.DurableTask.TaskOrchestrationContext: abstract void SetCustomStatus(string customStatus)", false)]
    [InlineData("Microsoft.DurableTask.TaskOrchestrationContext: "
        + "abstract void ContinueAsNew(object newInput = null, bool preserveUnprocessedEvents = true)", true)]
    [InlineData("Microsoft.DurableTask.TaskOrchestrationContext: "
        + "abstract void ContinueAsNew(object newInput = null, bool preserveUnprocessedEvents = false)", false)]
    [InlineData("Microsoft.DurableTask.TaskOrchestrationContext: abstract class", true)]
    [InlineData("Microsoft.DurableTask.TaskOrchestrationContext: abstract class : IAsyncDisposable", false)]
    [InlineData("Microsoft.DurableTask.TaskOrchestrationContext: sealed class", false)]
    [InlineData("Microsoft.DurableTask.NoSuchType: class", false)]
    public void A_difference_is_noticed(string line, bool isOfficial) => Assert.Equal(isOfficial, IsOfficial(line));

    // A type may implement fewer interfaces than the official one, and have fewer members.
    private static bool IsOfficial(string line)
    {
        if (Official.Members.Contains(line))
        {
            return true;
        }

        var (type, rest) = (line.Split(": ", 2)[0], line.Split(": ", 2)[1]);
        var (kind, bases) = (rest.Split(" : ", 2)[0], rest.Contains(" : ", StringComparison.Ordinal) ? rest.Split(" : ", 2)[1] : "");
        return Official.Types.TryGetValue(type, out var official) && official.Kind == kind
            && OfficialApi.Split(bases).All(one => official.Bases.Contains(one));
    }

    private static string Here([CallerFilePath] string caller = "") => caller;
}
