using HsNas.Kernel.Statistics;
using HsNas.Predictors.Mlp;

namespace HsNas.Predictors.Latency;

/// <summary>One fitted form of latency from ten raw aggregate features. No method allocates after fitting.</summary>
internal abstract class LatencyModel
{
    public abstract LatencyModelKind Kind { get; }

    public abstract double Predict(ReadOnlySpan<float> features);

    public abstract LatencyModelData ToData();

    public static LatencyModel FromData(LatencyModelData data, string source) => data.Kind switch
    {
        LatencyModelKind.Mlp => new MlpLatencyModel(MlpModel.Load(new MemoryStream(data.Mlp ?? []), source), data.Divisors),
        LatencyModelKind.Adapted => new AdaptedLatencyModel(data, FromData(data.Source!, source)),
        _ => new LinearLatencyModel(data.Kind, data.Coefficients),
    };
}

/// <summary>
/// Least squares on products of depth: the decoder runs once per layer and token, so every per-layer quantity acts through
/// decoder depth times that quantity.
/// </summary>
internal sealed class LinearLatencyModel(LatencyModelKind kind, double[] coefficients) : LatencyModel
{
    private const int EncoderDepth = 1;
    private const int DecoderDepth = 5;
    private const double Penalty = 1;

    public override LatencyModelKind Kind => kind;

    public static LinearLatencyModel Fit(LatencyModelKind kind, IReadOnlyList<LatencyRecord> records)
    {
        var terms = TermCount(kind);
        var rows = records.Select(r =>
        {
            var row = new double[terms];
            Terms(kind, [.. r.Features.Select(f => (float)f)], row);
            return row;
        }).ToList();
        var scale = Standardiser.Fit(rows);
        var design = rows.ConvertAll(r => (double[])[1, .. scale.Apply(r)]);
        var fitted = Cholesky.LeastSquares(
            design, [.. records.Select(r => r.TotalMs)], kind == LatencyModelKind.DepthOnly ? 1e-9 : Penalty);
        return new LinearLatencyModel(kind, Unscale(fitted, scale, terms));
    }

    public override double Predict(ReadOnlySpan<float> features)
    {
        Span<double> terms = stackalloc double[TermCount(kind)];
        Terms(kind, features, terms);
        var sum = coefficients[0];
        for (var i = 0; i < terms.Length; i++)
        {
            sum += coefficients[i + 1] * terms[i];
        }

        return sum;
    }

    public override LatencyModelData ToData() => new() { Kind = kind, Coefficients = coefficients };

    public static int TermCount(LatencyModelKind kind) => kind == LatencyModelKind.DepthOnly ? 2 : 20;

    private static void Terms(LatencyModelKind kind, ReadOnlySpan<float> features, Span<double> terms)
    {
        if (kind == LatencyModelKind.DepthOnly)
        {
            terms[0] = features[EncoderDepth];
            terms[1] = features[DecoderDepth];
            return;
        }

        for (var i = 0; i < features.Length; i++)
        {
            terms[i] = features[i];
            terms[features.Length + i] = features[i] * features[DecoderDepth];
        }
    }

    // Coefficients on raw terms, so that the stored model needs no scaling: w . (t - mean) / deviation = v . t - v . mean.
    private static double[] Unscale(double[] fitted, Standardiser scale, int terms)
    {
        var atZero = scale.Apply(new double[terms]);
        var result = new double[terms + 1];
        result[0] = fitted[0];
        for (var i = 0; i < terms; i++)
        {
            var unit = new double[terms];
            unit[i] = 1;
            result[i + 1] = fitted[i + 1] * (scale.Apply(unit)[i] - atZero[i]);
            result[0] += fitted[i + 1] * atZero[i];
        }

        return result;
    }
}

/// <summary>An MLP on features divided by their training maxima.</summary>
internal sealed class MlpLatencyModel(MlpModel model, float[] divisors) : LatencyModel
{
    public override LatencyModelKind Kind => LatencyModelKind.Mlp;

    public static MlpLatencyModel Fit(IReadOnlyList<LatencyRecord> records, MlpTrainingOptions options)
    {
        float[] divisors = [.. Enumerable.Range(0, 10).Select(i => (float)records.Max(r => r.Features[i]))];
        float[] features = [.. records.SelectMany(r => r.Features.Select((f, i) => (float)f / divisors[i]))];
        var trained = MlpTrainer.Train("latency-max", features, [.. records.Select(r => r.TotalMs)], options);
        return new MlpLatencyModel(trained.Model, divisors);
    }

    public override double Predict(ReadOnlySpan<float> features)
    {
        Span<float> scaled = stackalloc float[features.Length];
        for (var i = 0; i < features.Length; i++)
        {
            scaled[i] = features[i] / divisors[i];
        }

        return model.Predict(scaled);
    }

    public override LatencyModelData ToData()
    {
        using var bytes = new MemoryStream();
        model.Save(bytes);
        return new LatencyModelData { Kind = Kind, Mlp = bytes.ToArray(), Divisors = divisors };
    }
}
