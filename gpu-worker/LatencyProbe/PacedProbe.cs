using System.Diagnostics;
using HsNas.Spaces;

namespace HsNas.GpuWorker.LatencyProbe;

/// <summary>
/// Times architectures beside fixed work: a task's smallest architecture in the same runtime, loaded once. Other programs and a host's
/// other guests slow a machine by a factor of two from one second to the next; they slow both alike.
/// </summary>
/// <param name="probe">Loads architectures.</param>
/// <param name="task">The task.</param>
/// <param name="beam">Decoder rows.</param>
internal sealed class PacedProbe(ILatencyProbe probe, TaskDefinition task, int beam) : IDisposable
{
    private const int WarmUps = 2;
    private readonly ITimedModel _work = probe.Load(new GeneCodec(task.Space).Smallest, beam);

    /// <summary>Fingerprint of the device and the runtime.</summary>
    public string Device => probe.Device;

    /// <summary>Times an architecture, after a few calls that do not count.</summary>
    /// <param name="architecture">Of the task's space.</param>
    /// <param name="runs">Timed calls of encoder and decoder.</param>
    /// <param name="cancellationToken">Looked at between calls.</param>
    public PacedTimings Measure(Architecture architecture, int runs, CancellationToken cancellationToken)
    {
        using var model = probe.Load(architecture, beam);
        var (work, encoder, decoder) = (new List<double>(runs + 1), new List<double>(runs), new List<double>(runs));
        for (var i = -WarmUps; i < runs; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var done = Work();
            if (i < 0)
            {
                model.Encode();
                model.Decode();
                continue;
            }

            work.Add(done);
            encoder.Add(Milliseconds(model.Encode));
            decoder.Add(Milliseconds(model.Decode));
        }

        work.Add(Work());
        return PacedTimings.Of(work, encoder, decoder);
    }

    /// <inheritdoc/>
    public void Dispose() => _work.Dispose();

    private double Work() => Milliseconds(_work.Encode) + Milliseconds(_work.Decode);

    private static double Milliseconds(Action call)
    {
        var start = Stopwatch.GetTimestamp();
        call();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
