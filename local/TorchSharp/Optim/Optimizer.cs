using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public interface ILearningRateController
        {
            double LearningRate { get; set; }

            double InitialLearningRate { get; set; }
        }

        public interface IBetas
        {
            (double, double) Betas { get; set; }
        }

        public abstract partial class Optimizer : IDisposable
        {
            private protected Optimizer() { }

            private protected IList<ParamGroup> Groups { get; } = [];

            public IEnumerable<ILearningRateController> ParamGroups => Groups;

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing) { }

            /// <summary>Zeroes gradients and never removes them: a parameter whose gradient is zero still moves by its momentum.</summary>
            public virtual void zero_grad()
            {
                foreach (var parameter in parameters()) NativeMethods.Check(NativeMethods.hs_zero_grad(parameter));
            }

            public virtual void add_param_group(ParamGroup param_group) => Groups.Add(param_group);

            public abstract Tensor? step(Func<Tensor>? closure = null);

            public virtual IEnumerable<Parameter> parameters() => Groups.SelectMany(g => g.Parameters);
        }
    }
}
