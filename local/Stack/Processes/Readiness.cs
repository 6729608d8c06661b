namespace HsNas.Local.Stack.Processes;

/// <summary>Waits until processes work, and explains why where they do not.</summary>
internal sealed class Readiness(HttpClient http, TimeProvider time, TimeSpan timeout)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AliveIsEnough = TimeSpan.FromSeconds(20);

    /// <summary>Waits until <paramref name="address"/> answers, whatever the answer.</summary>
    /// <exception cref="StackException">The process ended or never answered; quotes its log.</exception>
    public Task AnswersAsync(SupervisedProcess process, Uri address, CancellationToken cancellationToken) =>
        UntilAsync(process, async _ =>
        {
            try
            {
                using var answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                return true;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, $"did not answer on {address}", cancellationToken);

    /// <summary>Waits until the process's log says <paramref name="text"/>, or until it has lived for a while.</summary>
    /// <exception cref="StackException">The process ended; quotes its log.</exception>
    public Task LogsAsync(SupervisedProcess process, string text, CancellationToken cancellationToken) =>
        UntilAsync(process, lived =>
            Task.FromResult(lived > AliveIsEnough || LogTail.Holds(process.Spec.LogFile, text)), "did not start", cancellationToken);

    /// <summary>What to throw for a process that ended before the stack was ready; quotes its log.</summary>
    public static StackException EndedEarly(SupervisedProcess process) =>
        new($"{process.Spec.Name} ended while the stack started. {LogTail.Read(process.Spec.LogFile)}");

    private async Task UntilAsync(
        SupervisedProcess process, Func<TimeSpan, Task<bool>> ready, string complaint, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (!await ready(time.GetElapsedTime(start)))
        {
            if (process.Exits > 0) throw EndedEarly(process);
            if (time.GetElapsedTime(start) > timeout)
                throw new StackException(
                    $"{process.Spec.Name} {complaint} within {timeout.TotalSeconds:0} s. {LogTail.Read(process.Spec.LogFile)}");
            await Task.Delay(PollInterval, time, cancellationToken);
        }
    }
}
