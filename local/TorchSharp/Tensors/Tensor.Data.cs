using System.Runtime.InteropServices;
using TorchSharp.Utils;
using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            RequireCpu();
            var found = dtype;
            if (found != TypeOf(typeof(T)))
                throw new ArgumentException($"{typeof(T).Name} cannot read elements of type {found}");
            return new TensorAccessor<T>(this);
        }

        public T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1) throw new ArgumentException("item() needs a tensor of exactly one element");
            return data<T>()[0];
        }

        public unsafe Span<byte> bytes
        {
            get
            {
                RequireCpu();
                if (!is_contiguous()) throw new InvalidOperationException("bytes needs a contiguous tensor");
                return new Span<byte>((void*)DataPointer(), checked((int)(NumberOfElements * ElementSize)));
            }
            set
            {
                var target = bytes;
                if (target.Length != value.Length) throw new ArgumentException($"the tensor holds {target.Length} bytes, not {value.Length}");
                value.CopyTo(target);
            }
        }

        internal nint DataPointer()
        {
            var pointer = hs_data(this);
            if (pointer == 0) ThrowIfFailed();
            return pointer;
        }

        public Tensor fill_(Scalar value) => Self(hs_fill_s(this, value));
        public Tensor zero_() => Self(hs_zero_(this));
        public Tensor copy_(Tensor source, bool nonBlocking = false) => Self(hs_copy_(this, source, Flag(nonBlocking)));
        public Tensor set_(Tensor source) => Self(hs_set_(this, source));
        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) => Self(hs_normal_(this, mean, std, generator));
        public Tensor uniform_(double from, double to, Generator? generator = null) => Self(hs_uniform_(this, from, to, generator));
        public Tensor bernoulli(Generator? generator = null) => hs_bernoulli(this, generator);
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => Self(hs_bernoulli_(this, p, generator));
        public Tensor bernoulli_(Tensor p, Generator? generator = null) => Self(hs_bernoulli_tensor_(this, p, generator));

        private void RequireCpu()
        {
            if (device_type != DeviceType.CPU) throw new InvalidOperationException("elements can only be read on the CPU: call cpu() first");
        }

        internal static unsafe Tensor FromArray<T>(ReadOnlySpan<T> values, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device, bool requires_grad) where T : unmanaged
        {
            var needed = 1L;
            foreach (var size in dimensions) needed *= size;
            if (needed > values.Length) throw new ArgumentException($"the shape needs {needed} values, the array has {values.Length}");
            var type = TypeOf(typeof(T));
            fixed (T* first = &MemoryMarshal.GetReference(values))
                return hs_from_data(first, (int)type, dimensions, dimensions.Length, Options(dtype ?? type, device, requires_grad));
        }

        internal static Tensor FromArray<T>(T[] values, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device, bool requires_grad) where T : unmanaged =>
            FromArray((ReadOnlySpan<T>)values, dimensions, dtype, device, requires_grad);
    }
}
