using TorchSharp;
using static TorchSharp.torch;

namespace HsNas.TorchSharp.Tests;

public class TrainingTests
{
    [Fact]
    public void TwoThousandSteps_LearnAndLeakNothing()
    {
        manual_seed(1);
        using var model = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.LayerNorm(16), nn.Linear(16, 1));
        using var optimizer = optim.Adam(model.parameters(), 0.01);
        using var x = randn(32, 4);
        using var y = x.sum(1, true);
        double first = 0, last = 0;
        long live = 0;
        for (var i = 0; i < 2000; i++)
        {
            using (NewDisposeScope())
            {
                optimizer.zero_grad();
                var loss = nn.functional.mse_loss(model.call(x), y);
                loss.backward();
                nn.utils.clip_grad_norm_(model.parameters(), 1.0);
                optimizer.step();
                last = loss.item<float>();
            }
            if (i == 0) (first, live) = (last, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
            else if (i % 500 == 0) Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }
        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.True(last < first / 100, $"{first} -> {last}");
    }

    [Fact]
    public void FinalizersFreeWhatNobodyDisposed()
    {
        var before = Environment.WorkingSet;
        for (var i = 0; i < 60; i++)
        {
            Make();
            if (i % 10 != 9) continue;
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.True(Environment.WorkingSet - before < 600_000_000, "native memory was not freed");

        static void Make() => ones(1 << 22).add_(1);
    }
}
