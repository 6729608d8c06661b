using HsNas.Cli.Find.Planning;
using HsNas.Cli.Find.Screens;
using HsNas.Cli.Find.Text;
using HsNas.Cli.Find.Wishes;
using HsNas.Cli.Find.Work;
using HsNas.Cli.Hosting;
using HsNas.Cli.Tests.Support;
using HsNas.Contracts.Jobs;
using HsNas.Spaces;

namespace HsNas.Cli.Tests.Find;

/// <summary>What a command that is given again takes over from the one before.</summary>
public sealed class ResumeTests : IDisposable
{
    private static readonly TimeSpan Budget = TimeSpan.FromHours(2);
    private static readonly CheckedText Text = new(2000, 1900, "abc", "fr", "en");
    private static readonly Lengths Lengths = new(20, 600, 1500, 2000);
    private static readonly TrainingProbe Probe = new(0.05, 0.08, 0.2, 0.1, 0.005, 1, 0.06, 2, 5, 8);

    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void The_same_text_and_budget_have_the_same_name_and_others_another()
    {
        var name = WorkFolder.NameOf("fr", "en", "abc", Budget);

        Assert.Equal(name, WorkFolder.NameOf("fr", "en", "abc", Budget));
        Assert.NotEqual(name, WorkFolder.NameOf("fr", "en", "abd", Budget));
        Assert.NotEqual(name, WorkFolder.NameOf("fr", "en", "abc", TimeSpan.FromHours(3)));
        Assert.StartsWith("own-fr-en-", name, StringComparison.Ordinal);
        Assert.True(TaskDefinition.IsName(WorkFolder.NameOf("pt-BR", "中文", "abc", Budget)));
    }

    [Fact]
    public void Stages_that_run_side_by_side_do_not_count_twice()
    {
        var seconds = new Dictionary<string, double> { [FindStages.Seeds] = 100, [FindStages.Labels] = 60, [FindStages.Supernet] = 70 };
        var state = new StageLedger.State(seconds, [], 0);
        Assert.Equal(170, PlanScreen.Together([FindStages.Seeds, FindStages.Labels, FindStages.Supernet, FindStages.Winner], state));
    }

    [Fact]
    public async Task A_plan_is_taken_over_as_it_was_made()
    {
        var (folder, maker) = (Folder(), new PlanMaker("own", Text, 1000, (12, 11)));
        Assert.Null(await folder.TryReadPlanAsync(default));
        var size = SpaceSize.All[0];
        var plan = maker.Plan(size, "data", 2, Lengths, Probe, new StageCosts(Probe, new TextSize(40, 40, 20), 2, 5), (3, 9));

        await folder.WriteAsync(plan, maker.Task(size, Lengths), default);

        var known = (await folder.TryReadPlanAsync(default))!;
        Assert.Equal(plan.Estimates, known.Estimates);
        Assert.Equal(plan with { Estimates = [] }, known with { Estimates = [] });
        Assert.Equal(3 + 9, plan.Estimates.Take(2).Sum(e => e.Seconds));
    }

    [Fact]
    public async Task A_plan_that_was_not_written_to_its_end_is_made_anew()
    {
        var folder = Folder();
        _root.Write(".hsnas/find/own/plan.json", """{"task":"own","size":""");

        Assert.Null(await folder.TryReadPlanAsync(default));
    }

    [Fact]
    public async Task The_definition_that_is_left_can_be_used_wherever_a_task_is_named()
    {
        var (folder, maker) = (Folder(), new PlanMaker("own", Text, 1000, (12, 11)));
        var size = SpaceSize.All[0];
        var plan = maker.Plan(size, "data", 2, Lengths, Probe, new StageCosts(Probe, new TextSize(40, 40, 20), 2, 5), (3, 9));
        await folder.WriteAsync(plan, maker.Task(size, Lengths), default);

        var args = await TaskFiles.ResolveAsync(["seeds", "design", folder.DefinitionFile], () => new Workspace(_root.Path), default);

        Assert.Equal(["seeds", "design", "own"], args);
        var run = await CommandRun.OfAsync("seeds design own --count 2", ("HSNAS_ROOT", _root.Path));
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
    }

    [Fact]
    public async Task A_definition_that_is_one_for_its_own_option_stays_a_file()
    {
        var file = _root.Write("hsnas.task.json", "{}");

        Assert.Equal(
            ["data", "prepare", "x", "--definition", file],
            await TaskFiles.ResolveAsync(["data", "prepare", "x", "--definition", file], () => new Workspace(_root.Path), default));
    }

    [Fact]
    public void A_folder_is_held_by_one_command_at_a_time()
    {
        using (Folder().Hold())
            Assert.Contains("under way", Assert.Throws<CliException>(() => Folder().Hold()).Message, StringComparison.Ordinal);

        Folder().Hold().Dispose();
    }

    [Fact]
    public async Task A_stage_that_failed_is_not_done_and_its_time_counts()
    {
        var (ledger, time) = (Folder().Ledger, new HurryingTime());
        await Assert.ThrowsAsync<CliException>(() => ledger.RunAsync("seeds", time, () => throw new CliException("no")));
        Assert.False(ledger.IsDone("seeds"));

        var before = Folder().Ledger.Read().Seconds["seeds"];
        await ledger.RunAsync("seeds", time, () =>
        {
            time.Advance(TimeSpan.FromSeconds(7));
            return Task.CompletedTask;
        });

        Assert.True(Folder().Ledger.IsDone("seeds"));
        Assert.InRange(Folder().Ledger.Read().Seconds["seeds"] - before, 7, 15);
    }

    [Fact]
    public void A_search_that_came_to_nothing_is_asked_for_anew()
    {
        Folder().Ledger.NoteFailure();

        Assert.Equal(1, Folder().Ledger.Read().Attempt);
    }

    [Theory]
    [InlineData("2h", 7200)]
    [InlineData("45m", 2700)]
    [InlineData("1h30m", 5400)]
    [InlineData("900s", 900)]
    public void Budgets_are_read(string text, double seconds)
    {
        Assert.True(BudgetText.TryParse(text, out var budget));
        Assert.Equal(seconds, budget.TotalSeconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("30s")]
    [InlineData("-2h")]
    [InlineData("30m2h")]
    [InlineData("9999h")]
    public void Budgets_that_are_none_are_refused_with_what_is_allowed(string text) => Assert.False(BudgetText.TryParse(text, out _));

    private WorkFolder Folder() => new(new Workspace(_root.Path), "own");
}
