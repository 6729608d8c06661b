using System.Text.Json.Nodes;
using HsNas.Evaluation.Scoring;
using HsNas.Evaluation.TfsEval;
using HsNas.Shared.Tests.Support;

namespace HsNas.Shared.Tests.Predictors;

public class PredictorScoreReportTests
{
    [Fact]
    public async Task Labels_that_are_all_equal_have_errors_but_no_ranks_and_no_gaps()
    {
        var report = await ReportAsync(_ => 0);

        Assert.All(report.Scorecard.Rows, r => Assert.Equal((0.0, null), (Math.Round(r.Mae!.Mean, 2), r.Tau)));
        Assert.Contains("discordant-histogram.svg", report.Files.Keys);
    }

    [Fact]
    public async Task Labels_of_two_values_give_finite_scores()
    {
        var report = await ReportAsync(id => id % 2);

        Assert.All(report.Scorecard.Rows, r => Assert.True(double.IsFinite(r.Mae!.Mean) && (r.Tau is null || double.IsFinite(r.Tau.Mean))));
        Assert.DoesNotContain("NaN", report.Text, StringComparison.Ordinal);
    }

    private static Task<PredictorScoreReport> ReportAsync(Func<int, double> label)
    {
        var lines = Enumerable.Range(0, 12).Select(id =>
        {
            var record = TfsEvalReaderTests.Record(id);
            record["tfs_valid_bleu"] = JsonValue.Create(label(id));
            return record.ToJsonString();
        });
        var data = TfsEvalReader.Read(new StringReader(string.Join('\n', lines)), "flat.jsonl", Samples.Wmt);
        return PredictorScoreReport.RunAsync(Samples.Wmt, data, new PredictorScoreOptions { DistillationPool = 200 });
    }
}
