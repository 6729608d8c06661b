using HsNas.Contracts.Requests;
using Spectre.Console;

namespace HsNas.Cli.Screens;

/// <summary>Bars that move in place.</summary>
internal sealed class LiveScreen(LiveDisplayContext context) : IStatusScreen
{
    private readonly BestSoFar _best = new();
    private SearchStatus? _last;

    /// <inheritdoc/>
    public void Show(SearchStatus status)
    {
        _last = status;
        _best.Note(status);
        context.UpdateTarget(StatusTable.Build(status, trouble: null, _best.Line));
    }

    /// <inheritdoc/>
    public void ShowTrouble(string reason) =>
        context.UpdateTarget(_last is null ? new Text(reason) : StatusTable.Build(_last, reason, _best.Line));
}
