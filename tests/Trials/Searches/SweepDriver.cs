using System.Text;
using System.Text.Json;
using HsNas.Client;
using HsNas.Contracts.Sweeps;
using HsNas.Kernel;

namespace HsNas.Trials.Searches;

/// <summary>
/// Makes a sweep on a system whose parts may be dead at any moment: stops it when a row is done, adds rows, and lets it go on.
/// </summary>
/// <param name="http">The function app.</param>
/// <param name="patience">Waits for the app.</param>
internal sealed class SweepDriver(HttpClient http, SearchDriver patience)
{
    /// <summary>Makes the sweep and waits for its end.</summary>
    /// <exception cref="TimeoutException">A step took longer than the patience.</exception>
    public async Task<EndedSweep> RunAsync(TrialSweep sweep, CancellationToken cancellationToken)
    {
        await patience.UploadAsync(sweep.Task, cancellationToken);
        using var client = new SweepClient(http);
        Task DoAsync(Func<Task> step) => patience.PatientlyAsync(sweep.Name, async () =>
        {
            await step();
            return true;
        }, cancellationToken);

        var (id, status) = ("", (SweepStatus?)null);
        async Task UntilAsync(Predicate<SweepStatus> wanted) => await patience.PatientlyAsync(
            sweep.Name, async () => wanted(status = await client.StatusAsync(id, cancellationToken)), cancellationToken);
        try
        {
            await DoAsync(async () => id = (await client.SubmitAsync(sweep.ToBytes(), sweep.Name, cancellationToken)).Id);
            await UntilAsync(s => s.Counts.Done > 0);
            await DoAsync(() => client.StopAsync(id, cancellationToken));
            await UntilAsync(s => s.Status == "Stopped");
            await DoAsync(() => client.AddAsync(id, sweep.MoreToBytes(), cancellationToken));
            await DoAsync(() => client.ResumeAsync(id, cancellationToken));
            await UntilAsync(s => s.Status is "Completed" or "Failed");
            var tables = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var format in new[] { "json", "csv", "html" })
                await DoAsync(async () => tables[format] = Encoding.UTF8.GetString(
                    await client.TableAsync(id, format, withMeasured: false, cancellationToken)));
            return new EndedSweep(status!.Counts, tables, null);
        }
        catch (TimeoutException)
        {
            return new EndedSweep(
                status?.Counts ?? new SweepCounts(0, 0, 0, 0), new Dictionary<string, string>(),
                $"{sweep.Name} ({id}) is not over: {JsonSerializer.Serialize(status, Json.Options)}");
        }
    }
}

/// <summary>A sweep that is over, or that was waited for in vain.</summary>
/// <param name="Counts">How its rows ended.</param>
/// <param name="Tables">Its table without measured columns, by format.</param>
/// <param name="Error">Why it did not complete; null where it did.</param>
internal sealed record EndedSweep(SweepCounts Counts, IReadOnlyDictionary<string, string> Tables, string? Error);
