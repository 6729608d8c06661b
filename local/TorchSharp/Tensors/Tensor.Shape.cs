using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor T => Dimensions switch
        {
            2 => t(),
            _ => permute(Enumerable.Range(0, (int)Dimensions).Reverse().Select(i => (long)i)),
        };

        public Tensor view(params long[] shape) => hs_view(this, shape, shape.Length);
        public Tensor view_as(Tensor other) => hs_view_as(this, other);
        public Tensor reshape(params long[] shape) => hs_reshape(this, shape, shape.Length);
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => hs_flatten(this, start_dim, end_dim);
        public Tensor squeeze(long? dim = null) => dim is { } given ? hs_squeeze_dim(this, given) : hs_squeeze(this);
        public Tensor unsqueeze(long dim) => hs_unsqueeze(this, dim);
        public Tensor unsqueeze_(long dim) => Self(hs_unsqueeze_(this, dim));
        public Tensor t() => hs_t(this);
        public Tensor transpose(long dim0, long dim1) => hs_transpose(this, dim0, dim1);
        public Tensor transpose_(long dim0, long dim1) => Self(hs_transpose_(this, dim0, dim1));
        public Tensor permute(params long[] permutation) => hs_permute(this, permutation, permutation.Length);
        public Tensor permute(IEnumerable<long> permutation) => permute(permutation.ToArray());
        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => hs_expand(this, sizes, sizes.Length, Flag(isImplicit));
        public Tensor expand(Size sizes, bool isImplicit = false) => expand((ReadOnlySpan<long>)sizes.Shape, isImplicit);
        public Tensor expand(long[] sizes, bool isImplicit = false) => expand((ReadOnlySpan<long>)sizes, isImplicit);
        public Tensor expand(params long[] sizes) => expand((ReadOnlySpan<long>)sizes);
        public Tensor expand_as(Tensor other) => hs_expand_as(this, other);
        public Tensor repeat(params long[] sizes) => hs_repeat(this, sizes, sizes.Length);
        public Tensor triu(long diagonal = 0) => hs_triu(this, diagonal);
        public Tensor tril(long diagonal = 0) => hs_tril(this, diagonal);
        public Tensor narrow(long dim, long start, long length) => hs_narrow(this, dim, start, length);
        public Tensor slice(long dim, long start, long finish, long step) => hs_slice(this, dim, start, finish, step);
        public Tensor select(long dim, long index) => hs_select(this, dim, index);
        public Tensor contiguous() => hs_contiguous(this);
        public Tensor clone() => hs_clone(this);
        public Tensor[] unbind(long dimension = 0) => Take(hs_unbind(this, dimension));
        public Tensor[] split(long size, int dim = 0) => Take(hs_split(this, size, dim));
        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) => Take(hs_split_sizes(this, sizes, sizes.Length, dim));
        public Tensor[] split(long[] sizes, long dim = 0) => split((ReadOnlySpan<long>)sizes, dim);
        public Tensor[] split(params long[] sizes) => split((ReadOnlySpan<long>)sizes);
        public Tensor[] chunk(long chunks, long dim = 0) => Take(hs_chunk(this, chunks, dim));
    }
}
