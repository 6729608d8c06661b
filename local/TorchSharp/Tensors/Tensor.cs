using System.Runtime.InteropServices.Marshalling;
using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A handle on a libtorch tensor; owned by the scope in which it was made, or else by its finalizer.</summary>
    [NativeMarshalling(typeof(TensorMarshaller))]
    public partial class Tensor : IDisposable
    {
        private nint handle;

        internal Tensor(nint handle)
        {
            this.handle = handle;
            OwningDisposeScope = DisposeScopeManager.ThreadSingleton.RegisterOnCurrentDisposeScope(this);
        }

        /// <summary>For a parameter, which takes over the handle and the scope of its data instead of joining the current scope.</summary>
        private protected Tensor(Tensor data)
        {
            handle = data.Handle;
            data.handle = 0;
            data.OwningDisposeScope?.Replace(data, this);
            GC.SuppressFinalize(data);
        }

        ~Tensor() => Dispose(false);

        internal DisposeScope? OwningDisposeScope { get; set; }

        public bool IsInvalid => handle == 0;

        public IntPtr Handle => handle != 0 ? handle : throw new InvalidOperationException("The tensor was disposed or its handle was moved: it is invalid.");

        public void Dispose()
        {
            if (handle == 0) return;
            if (OwningDisposeScope is { } scope) scope.MarkAsDisposed(this);
            else DisposeScopeManager.Statistics.DisposedOutsideScopeCount++;
            Release();
        }

        protected virtual void Dispose(bool disposing)
        {
            var last = Interlocked.Exchange(ref handle, 0);
            if (last != 0) hs_free(last);
        }

        /// <summary>Frees without telling the scope, which is the caller or has been told.</summary>
        internal void Release()
        {
            OwningDisposeScope = null;
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope!);

        public Tensor MoveToOtherDisposeScope(DisposeScope other)
        {
            if (OwningDisposeScope is { } scope) scope.MoveToOther(other, this);
            else other?.Attach(this);
            return this;
        }

        public IntPtr DecoupleFromNativeHandle()
        {
            var taken = Handle;
            handle = 0;
            GC.SuppressFinalize(this);
            return taken;
        }

        public Tensor alias() => hs_alias(this);

        internal Tensor Self(int status)
        {
            Check(status);
            return this;
        }

        internal static nint[] Handles(IReadOnlyList<Tensor> tensors)
        {
            var handles = new nint[tensors.Count];
            for (var i = 0; i < handles.Length; i++) handles[i] = tensors[i].Handle;
            return handles;
        }

        internal static unsafe Tensor[] Take(nint list)
        {
            Check(list);
            var handles = new nint[hs_list_size(list)];
            fixed (nint* first = handles) hs_list_take(list, first);
            return Array.ConvertAll(handles, h => new Tensor(h));
        }

        private static (Tensor, Tensor) Pair(int status, nint first, nint second)
        {
            Check(status);
            return (new Tensor(first), new Tensor(second));
        }
    }
}
