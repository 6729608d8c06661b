using System.CommandLine;
using HsNas.Cli.Http;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Supernets;
using HsNas.Evolution.Constraints;

namespace HsNas.Cli.Commands;

/// <summary>An option for each field of a search request, for users who do not want to write a file.</summary>
internal sealed class SearchOptions(ConstraintSet constraints, SupernetKinds kinds)
{
    private readonly List<FieldOption> _options = [.. SearchFields.All(constraints, kinds).SelectMany(FieldOption.Of)];

    /// <summary>Adds all to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in _options) command.Options.Add(option.Option);
    }

    /// <summary>The request; null where no task is named. Fields that are not given are left to the function app's defaults.</summary>
    public RequestJson? Read(ParseResult parse)
    {
        var request = new RequestJson();
        foreach (var option in _options) option.Read(parse, request);
        return request.Has(SearchFields.Task) ? request : null;
    }
}
