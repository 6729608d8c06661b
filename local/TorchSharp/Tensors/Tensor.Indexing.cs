using System.Runtime.CompilerServices;
using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices] { get => index(indices); set => index_put_(value, indices); }

        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices] { get => index(indices); set => index_put_(value, indices); }

        [IndexerName("TensorItems")]
        public Tensor this[long i1] { get => At([i1]); set => Put([i1], value); }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2] { get => At([i1, i2]); set => Put([i1, i2], value); }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3] { get => At([i1, i2, i3]); set => Put([i1, i2, i3], value); }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4] { get => At([i1, i2, i3, i4]); set => Put([i1, i2, i3, i4], value); }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5] { get => At([i1, i2, i3, i4, i5]); set => Put([i1, i2, i3, i4, i5], value); }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5, long i6]
        {
            get => At([i1, i2, i3, i4, i5, i6]);
            set => Put([i1, i2, i3, i4, i5, i6], value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices] { get => At(indices); set => Put(indices, value); }

        public Tensor index(params TensorIndex[] indices)
        {
            var result = hs_index(this, Native(indices), indices.Length);
            GC.KeepAlive(indices);
            return result;
        }

        public Tensor index(params Tensor[] indices) => index(Wrap(indices));

        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            Check(hs_index_put_(this, Native(indices), indices.Length, value));
            GC.KeepAlive(indices);
            return this;
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, Wrap(indices));

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false)
        {
            if (!accumulate) return index_put_(value, Wrap(indices));
            Check(hs_index_accumulate_(this, Handles(indices), indices.Length, value));
            GC.KeepAlive(indices);
            return this;
        }

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            Check(hs_index_put_scalar_(this, Native(indices), indices.Length, value));
            GC.KeepAlive(indices);
            return this;
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices) => index_put_(value, Wrap(indices));

        public Tensor index_select(long dim, Tensor index) => hs_index_select(this, dim, index);
        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) => Self(hs_index_add_(this, dim, index, source, alpha));
        public Tensor gather(long dim, Tensor index) => hs_gather(this, dim, index);
        public Tensor scatter(long dim, Tensor index, Tensor src) => hs_scatter(this, dim, index, src);
        public Tensor scatter_(long dim, Tensor index, Tensor src) => Self(hs_scatter_(this, dim, index, src));
        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Self(hs_scatter_add_(this, dim, index, src));

        private static NativeIndex[] Native(TensorIndex[] indices) => Array.ConvertAll(indices, i => i.Native);

        private static TensorIndex[] Wrap(Tensor[] indices) => Array.ConvertAll(indices, TensorIndex.Tensor);

        private static NativeIndex[] Positions(ReadOnlySpan<long> indices)
        {
            var native = new NativeIndex[indices.Length];
            for (var i = 0; i < native.Length; i++) native[i] = new NativeIndex(0, indices[i], 0, 0, 0);
            return native;
        }

        private Tensor At(ReadOnlySpan<long> indices) => hs_index(this, Positions(indices), indices.Length);

        private void Put(ReadOnlySpan<long> indices, Tensor value) => Check(hs_index_put_(this, Positions(indices), indices.Length, value));
    }
}
