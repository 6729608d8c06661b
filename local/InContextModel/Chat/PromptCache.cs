namespace HsNas.Local.InContextModel.Chat;

/// <summary>
/// Counts tokens as a provider with a prompt cache does. The beginning that a prompt shares with the one before counts as
/// cached, in steps of 128 tokens, from 1,024 on. Nothing is saved here; the counts are for the client's accounting.
/// </summary>
internal sealed class PromptCache
{
    private const int Step = 128;
    private const int Least = 1024;
    private const int CharactersPerToken = 4;

    private string _last = "";

    /// <summary>Estimated tokens of a text: one every four characters, since a regression has no tokenizer.</summary>
    public static int Tokens(string text) => (text.Length + CharactersPerToken - 1) / CharactersPerToken;

    /// <summary>Cached tokens of a prompt, which becomes the last one.</summary>
    public int Take(string prompt)
    {
        var last = Interlocked.Exchange(ref _last, prompt);
        var common = last.AsSpan().CommonPrefixLength(prompt) / CharactersPerToken / Step * Step;
        return common >= Least ? common : 0;
    }
}
