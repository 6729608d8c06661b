using System.Text.Json;
using HsNas.Kernel;

namespace HsNas.Trials.Searches;

/// <summary>A search of a trial. It is the same every time it is made.</summary>
/// <param name="Name">Its name, and the key that makes a repeated request harmless.</param>
/// <param name="Task">Its task, a <see cref="MicroTask"/> under this name.</param>
/// <param name="Seed">Seed of its evolution.</param>
/// <param name="Labels">Labels it asks for, where its task has no predictor yet.</param>
/// <param name="ByBlob">Whether it is asked for by a dropped blob instead of by HTTP.</param>
/// <param name="HasObjectives">Whether it searches a front of quality and size instead of one winner.</param>
internal sealed record TrialSearch(
    string Name, string Task, long Seed, int Labels = 60, bool ByBlob = false, bool HasObjectives = false)
{
    private const int SearchesATask = 3;
    private const int SearchesABlob = 4;
    private const int TeacherSteps = 20;
    private const string OwnSuffix = "-own";

    /// <summary>
    /// One of a series: of three searches two share a task, the third has its own, and its winner learns from a teacher; every fourth
    /// comes by blob; of those that share a task the second has objectives.
    /// </summary>
    public static TrialSearch OfSeries(long series, int number) => new(
        $"trial-{series}-{number}", $"micro-{number / SearchesATask}{(number % SearchesATask == SearchesATask - 1 ? OwnSuffix : "")}",
        (series * 1000) + number, ByBlob: number % SearchesABlob == SearchesABlob - 1,
        HasObjectives: number % SearchesATask == 1);

    /// <summary>Whether a task has one search only. All its jobs then belong to that search.</summary>
    public static bool IsOwnTask(string task) => task.EndsWith(OwnSuffix, StringComparison.Ordinal);

    /// <summary>The request.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(new
    {
        task = Task,
        objectives = HasObjectives ? new[] { "quality", "parameters" } : null,
        limits = new { gFlops = MicroTask.GFlopsLimit },
        evolution = new { iterations = 6, population = 12, parents = 4, mutations = 4, crossovers = 4, seed = Seed },
        labels = Labels,
        trainWinner = true,
        distilText = IsOwnTask(Task) ? new { steps = TeacherSteps } : null,
    }, Json.Options);
}
