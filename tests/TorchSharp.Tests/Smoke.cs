using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace HsNas.TorchSharp.Tests;

public class SmokeTests
{
    [Fact]
    public void Training_ReducesTheLoss()
    {
        manual_seed(1);
        var model = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 1));
        using var optimizer = optim.Adam(model.parameters(), 0.01);
        var x = randn(32, 4);
        var y = x.sum(1, true);
        double first = 0, last = 0;
        for (var i = 0; i < 200; i++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var loss = nn.functional.mse_loss(model.call(x), y);
            loss.backward();
            nn.utils.clip_grad_norm_(model.parameters(), 1.0);
            optimizer.step();
            last = loss.item<float>();
            if (i == 0) first = last;
        }
        Assert.True(last < first / 10, $"{first} -> {last}");
    }
}
