namespace TorchSharp;

public static partial class torch
{
    public readonly struct TensorIndex
    {
        private const long Open = long.MinValue;

        private readonly long kind;
        private readonly long start;
        private readonly long stop;
        private readonly long step;
        private readonly Tensor? tensor;

        private TensorIndex(long kind, long start = 0, long stop = 0, long step = 0, Tensor? tensor = null)
        {
            this.kind = kind;
            this.start = start;
            this.stop = stop;
            this.step = step;
            this.tensor = tensor;
        }

        public static readonly TensorIndex Ellipsis = new(3);
        public static readonly TensorIndex None = new(2);
        public static readonly TensorIndex Null = new(2);
        public static readonly TensorIndex Colon = Slice();

        internal NativeIndex Native => new(kind, start, stop, step, tensor is null ? 0 : tensor.Handle);

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => new(1, start ?? Open, stop ?? Open, step ?? Open);

        public static TensorIndex Slice((int?, int?) range) => Slice((long?)range.Item1, range.Item2);

        public static TensorIndex Slice(Range range) => Slice(Bound(range.Start), range.End.IsFromEnd && range.End.Value == 0 ? null : Bound(range.End));

        public static TensorIndex Bool(bool value) => new(4, value ? 1 : 0);

        public static TensorIndex Single(long? index) => index is { } given ? new(0, given) : None;

        public static TensorIndex Tensor(Tensor tensor) => new(5, tensor: tensor);

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex((int?, int?) range) => Slice(range);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex(Index index) => Single(Bound(index));

        private static long Bound(Index index) => index.IsFromEnd ? -index.Value : index.Value;
    }
}
