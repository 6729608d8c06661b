using System.Globalization;
using System.Text;
using HsNas.Contracts.Requests;
using Microsoft.AspNetCore.Http;

namespace HsNas.Functions.Hosting;

/// <summary>
/// What a list is asked for: how many rows, behind which one, and filters. The token names the last row by its time and id, so what
/// begins meanwhile shifts no page.
/// </summary>
/// <param name="Take">Rows of a page.</param>
/// <param name="After">The last row of the page before; null for the first page.</param>
/// <param name="Filters">Given filters by name.</param>
internal sealed record PageQuery(int Take, PageToken? After, IReadOnlyDictionary<string, string> Filters)
{
    /// <summary>Query parameter of the number of rows.</summary>
    public const string TakeName = "take";

    /// <summary>Query parameter of the continuation token.</summary>
    public const string AfterName = "after";

    /// <summary>What <see cref="TakeName"/> may be, for documents.</summary>
    public const string TakeMeaning = "Rows of a page, 1 to 200; 50 where not given.";

    /// <summary>What <see cref="AfterName"/> is, for documents.</summary>
    public const string AfterMeaning = "Continuation token: \"next\" of the page before.";

    private const int Most = 200;
    private const int Usual = 50;

    // The host takes a function key from the query, too.
    private const string Key = "code";

    /// <summary>Reads a query.</summary>
    /// <param name="query">What was asked.</param>
    /// <param name="filters">Allowed values of each filter by its name; none: any value.</param>
    public static (PageQuery? Query, IReadOnlyList<FieldError> Errors) Read(
        IQueryCollection query, IReadOnlyDictionary<string, IReadOnlyList<string>> filters)
    {
        var errors = new List<FieldError>();
        string[] known = [TakeName, AfterName, .. filters.Keys];
        foreach (var name in query.Keys.Where(k => k != Key && !known.Contains(k, StringComparer.Ordinal)))
            errors.Add(new FieldError(name.Length <= 60 ? name : name[..60] + "...", $"is unknown; allowed: {string.Join(", ", known)}."));
        var given = known.Where(query.ContainsKey).ToDictionary(n => n, n => query[n].ToString(), StringComparer.Ordinal);
        var take = Usual;
        if (given.TryGetValue(TakeName, out var count)
            && !(int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out take) && take is >= 1 and <= Most))
            errors.Add(new FieldError(TakeName, $"must be a whole number from 1 to {Most}."));
        PageToken? after = null;
        if (given.TryGetValue(AfterName, out var token) && (after = PageToken.TryParse(token)) is null)
            errors.Add(new FieldError(AfterName, "must be \"next\" of an answer of this list."));
        foreach (var (name, values) in filters.Where(f => f.Value.Count > 0 && given.ContainsKey(f.Key)))
            if (!values.Contains(given[name], StringComparer.Ordinal))
                errors.Add(new FieldError(name, $"must be one of {string.Join(", ", values)}."));
        if (errors.Count > 0) return (null, errors);
        return (new PageQuery(take, after, given.Where(g => filters.ContainsKey(g.Key)).ToDictionary(StringComparer.Ordinal)), []);
    }

    /// <summary>A page of rows that are sorted, newest first, and the token of the next.</summary>
    public (IReadOnlyList<T> Page, string? Next) Of<T>(IEnumerable<T> sorted, Func<T, PageToken> name)
    {
        var rest = After is { } last ? sorted.Where(r => last.IsBefore(name(r))) : sorted;
        var page = rest.Take(Take + 1).ToList();
        if (page.Count <= Take) return (page, null);
        page.RemoveAt(Take);
        return (page, name(page[^1]).ToString());
    }
}

/// <summary>Names a row of a list, newest first: its time, then its id.</summary>
/// <param name="At">When it began.</param>
/// <param name="Id">Its id.</param>
internal sealed record PageToken(DateTimeOffset At, string Id)
{
    /// <summary>Whether <paramref name="other"/> comes behind this row.</summary>
    public bool IsBefore(PageToken other) =>
        other.At != At ? other.At < At : string.CompareOrdinal(Id, other.Id) < 0;

    /// <summary>The token of a text; null where the text is none.</summary>
    public static PageToken? TryParse(string text)
    {
        var bytes = new byte[text.Length];
        if (text.Length > 200 || !System.Buffers.Text.Base64Url.IsValid(text)
            || !System.Buffers.Text.Base64Url.TryDecodeFromChars(text, bytes, out var count)) return null;
        return Encoding.UTF8.GetString(bytes.AsSpan(0, count)).Split(' ') is [var ticks, var id]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && at <= DateTimeOffset.MaxValue.UtcTicks
            ? new PageToken(new DateTimeOffset(at, TimeSpan.Zero), id) : null;
    }

    /// <summary>The token as it stands in an address.</summary>
    public override string ToString() => System.Buffers.Text.Base64Url.EncodeToString(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks} {Id}")));
}
