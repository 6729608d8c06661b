using HsNas.Kernel;
using HsNas.Simulation.Engine;

namespace HsNas.Simulation.Parts;

/// <summary>
/// The language model's deployment. Its limits are buckets that fill evenly and hold a minute's worth; a question that finds one empty
/// is refused (429), waits as long as the answer says and up to half as long again, and is asked once more.
/// </summary>
internal sealed class LanguageModel(SimulatedTime time, Deployment deployment, long seed)
{
    private readonly SeededRandom _random = SeededRandom.For(seed, 0, "waits after refusals");
    private double _tokens = deployment.TokensPerMinute;
    private double _requests = deployment.RequestsPerMinute;
    private double _filled;

    /// <summary>Questions answered.</summary>
    public long Answered { get; private set; }

    /// <summary>Questions refused.</summary>
    public long Refused { get; private set; }

    /// <summary>Tokens of the questions answered.</summary>
    public double Tokens { get; private set; }

    /// <summary>Ends with the answer to a question of <paramref name="tokens"/>.</summary>
    public async Task AskAsync(double tokens)
    {
        while (!Allowed(tokens))
        {
            Refused++;
            await time.DelayAsync(deployment.RetryAfter * (1 + (_random.NextDouble() / 2)));
        }

        await time.DelayAsync(deployment.Answer * (0.5 + _random.NextDouble()));
        Answered++;
        Tokens += tokens;
    }

    private bool Allowed(double tokens)
    {
        var minutes = (time.Now - _filled) / 60;
        _filled = time.Now;
        _tokens = Math.Min(deployment.TokensPerMinute, _tokens + (minutes * deployment.TokensPerMinute));
        _requests = Math.Min(deployment.RequestsPerMinute, _requests + (minutes * deployment.RequestsPerMinute));
        if (_tokens < tokens || _requests < 1) return false;
        (_tokens, _requests) = (_tokens - tokens, _requests - 1);
        return true;
    }
}
