using System.CommandLine;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Commands;
using HsNas.Cli.Tests.Support;

namespace HsNas.Cli.Tests.Commands;

public class CommandLineTests
{
    [Theory]
    [InlineData("demo")]
    [InlineData("demo --compare --seed 3 --keep --latency-ms 7.5")]
    [InlineData("up --workers 2")]
    [InlineData("down")]
    [InlineData("test")]
    [InlineData("test Shared Cli --coverage")]
    [InlineData("search submit request.json --watch")]
    [InlineData("search submit --task tiny-en-de --latency-ms 5 --window 2 9 --compare --no-training")]
    [InlineData("search submit --task tiny-en-de --window -1 -1")]
    [InlineData("search status abc --json --url http://x --key y")]
    [InlineData("search watch abc")]
    [InlineData("search report abc --out r.html")]
    [InlineData("search cancel abc")]
    [InlineData("sweep submit sweep.json --idempotency-key mine --url http://x --key y")]
    [InlineData("sweep status abc --json")]
    [InlineData("sweep table abc --format html --no-measured --out table.html")]
    [InlineData("sweep stop abc")]
    [InlineData("sweep resume abc")]
    [InlineData("sweep add abc rows.json")]
    [InlineData("data prepare tiny-en-de --connection x")]
    [InlineData("seeds train tiny-en-de --count 3 --shards 2")]
    [InlineData("seeds collect tiny-en-de --no-latency --out x.jsonl")]
    [InlineData("predictors score --task wmt14-en-de --tfs-eval x.jsonl --out y")]
    [InlineData("search submit --task tiny-en-de --max-cost-usd 0.5")]
    [InlineData("cost estimate --task tiny-en-de --labels 100 --per-call 4 --reasoning-tokens 500 --ledger x.jsonl")]
    [InlineData("ledger export --out x.jsonl --connection y")]
    [InlineData("ledger import x.jsonl")]
    [InlineData("predictors score --task tiny-en-de --endpoint local --orders 3 --samples 2")]
    [InlineData("predictors ablate --task tiny-en-de --endpoint http://x/v1 --model m --max-cost-usd 0.5")]
    [InlineData("predictors report --tfs-eval x.jsonl --out y.md")]
    [InlineData("seeds design tiny-en-de --count 5 --seed 2")]
    public void Commands_are_understood(string line) => Assert.Empty(Parse(line).Errors);

    [Theory]
    [InlineData("search submit --task a --window 1")]
    [InlineData("search status")]
    [InlineData("sweep submit")]
    [InlineData("sweep table abc --format xml")]
    [InlineData("demo --latency-ms fast")]
    [InlineData("predictors score")]
    [InlineData("launch")]
    public void What_is_not_meant_is_refused(string line) => Assert.NotEmpty(Parse(line).Errors);

    [Fact]
    public async Task Every_command_explains_itself()
    {
        var paths = new List<string>();
        Collect(Root.Create(Context()), "");
        Assert.True(paths.Count >= 14);

        foreach (var path in paths)
        {
            using var output = new StringWriter();
            Assert.Equal(0, await Parse(path + " --help").InvokeAsync(new InvocationConfiguration { Output = output }));
            Assert.True(output.ToString().Contains("Description:", StringComparison.Ordinal), path);
        }

        void Collect(Command command, string prefix)
        {
            foreach (var child in command.Subcommands.Where(c => !c.Hidden))
            {
                paths.Add($"{prefix}{child.Name}");
                Collect(child, $"{prefix}{child.Name} ");
            }
        }
    }

    [Fact]
    public async Task A_mistake_of_the_user_is_exit_code_1() => Assert.Equal(1, await Parse("search submit").InvokeAsync());

    private static ParseResult Parse(string line) => Root.Create(Context()).Parse(line);

    private static CommandContext Context() => new(new TextConsole().Console, TimeProvider.System, _ => null);
}
