using System.Runtime.InteropServices.Marshalling;
using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    [NativeMarshalling(typeof(GeneratorMarshaller))]
    public class Generator : IDisposable
    {
        private nint handle;

        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            handle = Check(hs_generator_new((int)this.device.type, this.device.index, seed));
        }

        private Generator(nint handle)
        {
            device = CPU;
            this.handle = handle;
        }

        ~Generator() => Dispose(false);

        public static Generator Default => new(Check(hs_generator((int)DeviceType.CPU, -1)));

        public Device device { get; }

        public IntPtr Handle => handle != 0 ? handle : throw new InvalidOperationException("The generator was disposed.");

        public Tensor get_state() => hs_generator_state(this);

        public void set_state(Tensor value) => Check(hs_generator_set_state(this, value));

        public Generator manual_seed(long seed)
        {
            Check(hs_generator_seed(this, seed));
            return this;
        }

        public long seed() => hs_generator_fresh_seed(this);

        public long initial_seed() => hs_generator_initial_seed(this);

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            var last = Interlocked.Exchange(ref handle, 0);
            if (last != 0) hs_generator_free(last);
        }
    }
}
