using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor sum(ScalarType? type = null) => hs_sum(this, Code(type));
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => sum((ReadOnlySpan<long>)dim, keepdim, type);
        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => hs_sum_dims(this, dim, dim.Length, Flag(keepdim), Code(type));
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum([dim], keepdim, type);
        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1], keepdim, type);
        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1, dim2], keepdim, type);
        public Tensor mean() => hs_mean(this, -1);
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => hs_mean_dims(this, dimensions, dimensions.Length, Flag(keepdim), Code(type));
        public Tensor max() => hs_max(this);
        public Tensor max(Tensor other) => hs_maximum(this, other);
        public (Tensor, Tensor) max(long dim, bool keepdim = false) => Pair(hs_max_dim(this, dim, Flag(keepdim), out var values, out var indices), values, indices);
        public Tensor min() => hs_min(this);
        public Tensor min(Tensor other) => hs_minimum(this, other);
        public (Tensor, Tensor) min(long dim, bool keepdim = false) => Pair(hs_min_dim(this, dim, Flag(keepdim), out var values, out var indices), values, indices);
        public Tensor argmax() => hs_argmax(this);
        public Tensor argmax(long dim, bool keepdim = false) => hs_argmax_dim(this, dim, Flag(keepdim));
        public Tensor argmin() => hs_argmin(this);
        public Tensor argmin(long dim, bool keepdim = false) => hs_argmin_dim(this, dim, Flag(keepdim));
        public Tensor argsort(long dim = -1, bool descending = false) => hs_argsort(this, dim, Flag(descending));
        public Tensor logsumexp(long dim, bool keepdim = false) => hs_logsumexp_dim(this, dim, Flag(keepdim));
        public Tensor cumsum(long dim, ScalarType? type = null) => hs_cumsum(this, dim, Code(type));
        public Tensor norm(float p = 2) => hs_norm(this, p);
        public Tensor norm(int dim, bool keepdim = false, float p = 2) => hs_norm_dim(this, p, dim, Flag(keepdim));

        public (Tensor, Tensor) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Pair(hs_topk(this, k, dim, Flag(largest), Flag(sorted), out var values, out var indices), values, indices);

        public (Tensor, Tensor) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Pair(hs_sort(this, dim, Flag(descending), Flag(stable), out var values, out var indices), values, indices);

        public Tensor var(bool unbiased = true) => hs_var(this, Flag(unbiased));
        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Typed(type, hs_var_dims(this, dimensions, dimensions.Length, Flag(unbiased), Flag(keepdim)));
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var((ReadOnlySpan<long>)dimensions, unbiased, keepdim, type);
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var([dim], unbiased, keepdim, type);
        public Tensor var((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var([dim.Item1, dim.Item2], unbiased, keepdim, type);
        public Tensor var((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var([dim.Item1, dim.Item2, dim.Item3], unbiased, keepdim, type);
        public Tensor std(bool unbiased = true) => hs_std(this, Flag(unbiased));
        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Typed(type, hs_std_dims(this, dimensions, dimensions.Length, Flag(unbiased), Flag(keepdim)));
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std((ReadOnlySpan<long>)dimensions, unbiased, keepdim, type);
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std([dim], unbiased, keepdim, type);
        public Tensor std((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std([dim.Item1, dim.Item2], unbiased, keepdim, type);
        public Tensor std((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std([dim.Item1, dim.Item2, dim.Item3], unbiased, keepdim, type);

        private static Tensor Typed(ScalarType? type, Tensor result) => type is { } given && given != result.dtype ? result.to_type(given, disposeAfter: true) : result;
    }
}
