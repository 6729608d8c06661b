using static TorchSharp.torch;

namespace TorchSharp.Modules;

public partial class Adam : OptimizerHelper, optim.IBetas
{
    private readonly Options defaults;
    private readonly Dictionary<Parameter, State> states = new(ReferenceEqualityComparer.Instance);

    public Adam(IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-08, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    public Adam(IEnumerable<ParamGroup> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-08, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
    {
        if (lr < 0) throw new ArgumentException("the learning rate is negative", nameof(lr));
        if (beta1 is < 0 or >= 1) throw new ArgumentException("beta1 is not in [0, 1)", nameof(beta1));
        if (beta2 is < 0 or >= 1) throw new ArgumentException("beta2 is not in [0, 1)", nameof(beta2));
        if (eps < 0) throw new ArgumentException("eps is negative", nameof(eps));
        if (weight_decay < 0) throw new ArgumentException("weight_decay is negative", nameof(weight_decay));
        defaults = new Options
        {
            LearningRate = lr, InitialLearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize,
        };
        foreach (var group in parameters) add_param_group(group);
    }

    public (double, double) Betas
    {
        get => Groups.Count > 0 ? ((ParamGroup)Groups[0]).Betas : (defaults.beta1!.Value, defaults.beta2!.Value);
        set
        {
            foreach (var group in Groups) ((ParamGroup)group).Betas = value;
        }
    }

    private protected override IEnumerable<OptimizerState> States => parameters().Select(p => states[p]);

    public override Tensor? step(Func<Tensor>? closure = null)
    {
        Tensor? loss = null;
        if (closure is not null)
        {
            using var recording = enable_grad();
            loss = closure();
        }
        foreach (var group in Groups)
        {
            var options = ((ParamGroup)group).Options;
            foreach (var parameter in group.Parameters) Update(parameter, options);
        }
        return loss;
    }

    public override void add_param_group(Modules.ParamGroup param_group)
    {
        var group = (ParamGroup)param_group;
        var options = group.Options;
        options.LearningRate ??= defaults.LearningRate;
        options.beta1 ??= defaults.beta1;
        options.beta2 ??= defaults.beta2;
        options.eps ??= defaults.eps;
        options.weight_decay ??= defaults.weight_decay;
        options.amsgrad ??= defaults.amsgrad;
        options.maximize ??= defaults.maximize;
        options.InitialLearningRate = options.LearningRate!.Value;
        // The parameters are read at every step: an iterator over a module must not be run anew each time.
        group.Parameters = group.Parameters.ToList();
        base.add_param_group(group);
        foreach (var parameter in group.Parameters)
        {
            var state = new State(parameter);
            state.Initialize(options);
            states.Add(parameter, state);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            foreach (var state in states.Values) state.Dispose();
        base.Dispose(disposing);
    }

    private void Update(Parameter parameter, Options options)
    {
        if (NativeMethods.hs_has_grad(parameter) == 0) return;
        var state = states[parameter];
        state.step++;
        var settings = new NativeAdamStep(options.LearningRate!.Value, options.beta1!.Value, options.beta2!.Value, options.eps!.Value, options.weight_decay!.Value, state.step, options.maximize!.Value ? 1 : 0);
        NativeMethods.Check(NativeMethods.hs_adam(parameter, state.exp_avg, state.exp_avg_sq, state.max_exp_avg_sq, settings));
    }
}
