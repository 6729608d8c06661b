using System.Globalization;
using HsNas.Contracts.Requests;
using HsNas.Evolution.Constraints;
using HsNas.Kernel.Validation;
using Microsoft.AspNetCore.Http;

namespace HsNas.Functions.Searches;

/// <summary>Limits in the query of a question to a front: a parameter for each constraint that is no flag, by its id.</summary>
internal static class FrontQuery
{
    // The host takes a function key from the query, too.
    private const string Key = "code";

    /// <summary>The limits in the order of the set, and every fault by parameter.</summary>
    public static (IReadOnlyList<Limit> Limits, IReadOnlyList<FieldError> Errors) Read(IQueryCollection query, ConstraintSet constraints)
    {
        var known = constraints.Where(c => !c.IsFlag).ToList();
        var (limits, errors) = (new List<Limit>(), new List<FieldError>());
        foreach (var name in query.Keys.Where(k => k != Key && known.TrueForAll(c => c.Id != k)))
            errors.Add(new FieldError(Excerpt.Of(name, 60), $"is unknown; allowed: {string.Join(", ", known.Select(c => c.Id))}."));
        foreach (var constraint in known.Where(c => query.ContainsKey(c.Id)))
        {
            var values = query[constraint.Id];
            if (values.Count == 1 && double.TryParse(values[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var most)
                && most > 0 && double.IsFinite(most)) limits.Add(new Limit(constraint, most));
            else errors.Add(new FieldError(constraint.Id, "must be one number above 0."));
        }

        return (limits, errors);
    }
}
