using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace HsNas.Delivery.Tests;

/// <summary>The workflows are of GitHub's form, may do no more than they must, and name what is there.</summary>
public sealed partial class WorkflowTests
{
    private static readonly string[] WorkflowKeys = ["name", "on", "permissions", "env", "concurrency", "defaults", "jobs"];

    private static readonly string[] JobKeys =
        ["name", "needs", "if", "runs-on", "container", "timeout-minutes", "permissions", "env", "strategy", "steps"];

    private static readonly string[] StepKeys = ["name", "id", "if", "uses", "with", "run", "env", "working-directory", "shell"];

    private static readonly string[] Events = ["push", "pull_request", "schedule", "workflow_dispatch"];

    // What single jobs may do beyond reading.
    private static readonly string[] Writes =
        ["codeql.yml analyze security-events", "release.yml images packages", "release.yml release contents"];

    public static TheoryData<string> Files => [.. Workflow.All.Select(w => w.File)];

    [Fact]
    public void There_are_the_three_workflows() =>
        Assert.Equal(["ci.yml", "codeql.yml", "release.yml"], Workflow.All.Select(w => Path.GetFileName(w.File)));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_workflow_has_the_form_that_GitHub_reads(string file)
    {
        var workflow = Of(file);
        Assert.Empty(workflow.Root.Fields().Select(f => f.Name).Except(WorkflowKeys));
        Assert.Empty(workflow.Root.Field("on").Fields().Select(f => f.Name).Except(Events));
        Assert.NotEmpty(workflow.Jobs);
        Assert.All(workflow.Jobs, job =>
        {
            Assert.Empty(job.Job.Fields().Select(f => f.Name).Except(JobKeys));
            Assert.Equal("ubuntu-24.04", job.Job.Text("runs-on"));
            Assert.InRange(int.Parse(job.Job.Text("timeout-minutes")!), 1, 120);
            Assert.NotEmpty(job.Job.Field("steps").Items());
            Assert.Empty(job.Job.Field("needs").Items().Select(n => n.ToString()).Except(workflow.Jobs.Select(j => j.Name)));
        });
        Assert.All(workflow.Steps, step =>
        {
            Assert.Empty(step.Fields().Select(f => f.Name).Except(StepKeys));
            Assert.Single(step.Fields(), f => f.Name is "uses" or "run");
            Assert.True(step.Field("with") is null || step.Field("uses") is not null, $"{step}");
        });
    }

    [Fact]
    public void A_job_may_read_and_only_some_may_write()
    {
        Assert.All(Workflow.All, w => Assert.Equal([("contents", "read")], Permissions(w.Root)));
        var writes =
            from workflow in Workflow.All
            from job in workflow.Jobs
            from permission in Permissions(job.Job)
            where permission.Level != "read"
            select $"{Path.GetFileName(workflow.File)} {job.Name} {permission.Name}";
        Assert.Equal(Writes, writes);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void An_action_has_a_version_and_a_checkout_leaves_no_credentials(string file) => Assert.All(
        Of(file).Steps.Where(s => s.Field("uses") is not null), step =>
        {
            Assert.Matches(@"^[\w-]+/[\w-]+(/[\w-]+)?@v\d+\.\d+\.\d+$", step.Text("uses"));
            if (step.Text("uses")!.StartsWith("actions/checkout@", StringComparison.Ordinal))
                Assert.Equal("false", step.Field("with").Text("persist-credentials"));
        });

    [Fact]
    public void An_action_has_the_same_version_everywhere() => Assert.All(
        Workflow.All.SelectMany(w => w.Steps).Select(s => s.Text("uses")?.Split('@')).OfType<string[]>().GroupBy(u => u[0]),
        uses => Assert.Single(uses.Select(u => u[1]).Distinct()));

    // What people write into titles and branches would run as part of the command.
    [Theory]
    [MemberData(nameof(Files))]
    public void A_command_holds_no_expression(string file) => Assert.All(
        Of(file).Steps.Select(s => s.Text("run")).OfType<string>(), run => Assert.DoesNotContain("${{", run, StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Commands_are_bash_and_name_files_that_are_there(string file)
    {
        foreach (var run in Of(file).Steps.Select(s => s.Text("run")).OfType<string>())
        {
            Assert.Equal((0, ""), await Repository.RunAsync("bash", run, "-n"));
            Assert.All(Named().Matches(run), m => Assert.True(File.Exists(Path.Combine(Repository.Root, m.Value)), m.Value));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Registries_come_from_variables(string file) =>
        Assert.DoesNotMatch(@"[a-z0-9-]+\.(io|com|net|org|dev)\b", Repository.Text(file));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_variable_of_the_repository_is_described_at_the_head_of_the_file(string file)
    {
        var head = string.Join('\n', Repository.Text(file).Split('\n').TakeWhile(line => line.StartsWith('#')));
        Assert.All(Used().Matches(Repository.Text(file)), m => Assert.Contains(m.Groups[1].Value, head, StringComparison.Ordinal));
    }

    [Fact]
    public void Both_systems_run_all_tests()
    {
        var jobs = Workflow.All.Single(w => w.File.EndsWith("ci.yml", StringComparison.Ordinal)).Jobs.ToDictionary(j => j.Name, j => j.Job);
        Assert.Equal("debian:12", jobs["debian"].Text("container"));
        Assert.All(["debian", "ubuntu"], job => Assert.EndsWith("./hsnas test", jobs[job].Field("steps").Items().Last().Text("run")));
        Assert.Contains(jobs["azure"].Field("steps").Items(), s => s.Text("run")?.Contains("-p:HsNasRuntime=Azure") == true);
    }

    private static Workflow Of(string file) => Workflow.All.Single(w => w.File == file);

    private static IEnumerable<(string Name, string Level)> Permissions(YamlNode node) =>
        node.Field("permissions").Fields().Select(p => (p.Name, p.Value.ToString()));

    [GeneratedRegex(@"(?<=^|\s)(\./hsnas|\.github/[\w-]+|[\w./-]+\.csproj)")]
    private static partial Regex Named();

    [GeneratedRegex(@"\b(?:vars|secrets)\.(\w+)")]
    private static partial Regex Used();
}
