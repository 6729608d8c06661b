using HsNas.Contracts.Requests;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace HsNas.Cli.Screens;

/// <summary>One bar for each stage.</summary>
internal static class StatusTable
{
    private const int BarWidth = 24;

    /// <summary>The stages of a search; <paramref name="best"/> and <paramref name="trouble"/> are shown below them.</summary>
    public static IRenderable Build(SearchStatus status, string? trouble, string? best = null)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap())
            .AddColumn(new GridColumn().NoWrap().RightAligned()).AddColumn();
        foreach (var stage in status.Stages)
        {
            var colour = stage.State switch { StageState.Done => "green", StageState.Running => "yellow", _ => "grey" };
            grid.AddRow(
                $"[{colour}]{StageText.Label(stage.Name).EscapeMarkup()}[/]",
                $"[{colour}]{Bar(StageText.Share(stage))}[/]",
                StageText.Amount(stage).EscapeMarkup(),
                StageText.Duration(stage.Seconds) + (StageText.Left(stage) is { } left ? $", {StageText.Duration(left)} left" : ""),
                $"[grey]{(stage.Note ?? "").EscapeMarkup()}[/]");
        }

        IRenderable?[] below =
        [
            best is null ? null : new Markup($"[yellow]{best.EscapeMarkup()}[/]"),
            trouble is null ? null : new Markup($"[red]{trouble.EscapeMarkup()}[/]"),
        ];
        return new Rows([grid, .. below.OfType<IRenderable>()]);
    }

    /// <summary>A bar; dots where the share is not known.</summary>
    internal static string Bar(double? share)
    {
        if (share is not { } known) return new string('·', BarWidth);
        var filled = (int)Math.Round(known * BarWidth);
        return new string('█', filled) + new string('░', BarWidth - filled);
    }
}
