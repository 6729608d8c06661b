using TorchSharp;
using static TorchSharp.torch;

namespace HsNas.TorchSharp.Tests;

public class ScopeTests
{
    [Fact]
    public void AScope_DisposesWhatWasMadeInIt_AndNothingElse()
    {
        using var before = ones(1);
        Tensor inside, kept;
        using (var scope = NewDisposeScope())
        {
            inside = ones(1) + before;
            kept = ones(1).MoveToOuterDisposeScope();
            Assert.Equal(2, scope.DisposablesCount);
            Assert.Same(scope, CurrentDisposeScope);
        }
        Assert.True(inside.IsInvalid);
        Assert.False(before.IsInvalid);
        Assert.False(kept.IsInvalid);
        Assert.Null(CurrentDisposeScope);
        kept.Dispose();
    }

    [Fact]
    public void MoveToOuter_MovesOneLevel()
    {
        Tensor moved;
        using (var outer = NewDisposeScope())
        {
            using (var inner = NewDisposeScope()) moved = inner.MoveToOuter(ones(1));
            Assert.True(outer.Contains(moved));
            Assert.False(moved.IsInvalid);
        }
        Assert.True(moved.IsInvalid);
    }

    [Fact]
    public void Detach_LeavesAllScopes_AndAttachReturns()
    {
        using var outer = NewDisposeScope();
        Tensor free;
        using (NewDisposeScope()) free = ones(1).DetachFromDisposeScope();
        Assert.False(free.IsInvalid);
        outer.Attach(free);
        Assert.True(outer.Contains(free));
        outer.DisposeEverything();
        Assert.True(free.IsInvalid);
    }

    [Fact]
    public void DisposeEverythingBut_KeepsTheGiven()
    {
        using var scope = NewDisposeScope();
        var a = ones(1);
        var b = ones(1);
        scope.DisposeEverythingBut(b);
        Assert.True(a.IsInvalid);
        Assert.False(b.IsInvalid);
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void AnException_StillEndsTheScope()
    {
        Tensor? made = null;
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() =>
        {
            using var scope = NewDisposeScope();
            made = ones(2);
            made.add_(ones(3));
        });
        Assert.True(made!.IsInvalid);
        Assert.Null(CurrentDisposeScope);
    }

    [Fact]
    public void Statistics_CountTensorsInAndOutOfScopes()
    {
        var statistics = DisposeScopeManager.Statistics;
        statistics.Reset();
        var outside = ones(1);
        using (NewDisposeScope())
        {
            ones(1);
            ones(1).Dispose();
            ones(1).DetachFromDisposeScope().Dispose();
        }
        Assert.Equal(1, statistics.CreatedOutsideScopeCount);
        Assert.Equal(3, statistics.CreatedInScopeCount);
        Assert.Equal(2, statistics.DisposedInScopeCount);
        Assert.Equal(1, statistics.DetachedFromScopeCount);
        Assert.Equal(1, statistics.ThreadTotalLiveCount);
        outside.Dispose();
        Assert.Equal(0, statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Scopes_OfAnotherThread_AreSeparate()
    {
        using var scope = NewDisposeScope();
        Tensor? made = null;
        var thread = new Thread(() =>
        {
            Assert.Null(CurrentDisposeScope);
            made = ones(1);
        });
        thread.Start();
        thread.Join();
        Assert.Equal(0, scope.DisposablesCount);
        made!.Dispose();
    }

    [Fact]
    public void WrappedScope_ReturnsOnlyTheResult()
    {
        DisposeScopeManager.Statistics.Reset();
        using var result = WrappedTensorDisposeScope(() => ones(2) * 2 + 1);
        Assert.Equal(6, result.sum().ToDouble());
    }
}
