using HsNas.Kernel;

namespace HsNas.Local.InContextModel.Chat;

/// <summary>The contents that faults put in place of an answer.</summary>
internal static class FaultyContent
{
    private static readonly string[] Prose =
        ["I would say it depends on the data.", "Between 20 and 30.", "BLEU: 27,5", "250.00", "NaN", ""];
    private static readonly string[] Json =
    [
        """{"predictions":[{"architecture":1,"bleu":""", """{"predictions":[{"architecture":1,"bleu":"high"}]}""",
        """{"predictions":[{"architecture":1,"bleu":250.5}]}""", """{"answer":25}""", "25.31 or so",
    ];

    /// <summary>A refusal, in the place where the official endpoint puts it.</summary>
    public static ChatAnswer Refusal(bool schema)
    {
        const string Sorry = "I'm sorry, but I can't help with that.";
        return schema ? new ChatAnswer("assistant", null, Sorry) : new ChatAnswer("assistant", Sorry, null);
    }

    /// <summary>Something that no reader can take for the answer.</summary>
    public static ChatAnswer Garbage(bool schema, SeededRandom random)
    {
        var choices = schema ? Json : Prose;
        return new ChatAnswer("assistant", choices[random.Next(choices.Length)], null);
    }

    /// <summary>An answer cut off before anything of it could be read.</summary>
    public static ChatAnswer Truncated(bool schema) => new("assistant", schema ? """{"predictions":[{"archi""" : "The", null);
}
