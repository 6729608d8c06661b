namespace HsNas.Translation;

/// <summary>One aligned sentence, plain text on both sides.</summary>
/// <param name="Source">Source sentence.</param>
/// <param name="Target">Its translation.</param>
public readonly record struct SentencePair(string Source, string Target);

/// <summary>The three disjoint parts of a corpus.</summary>
public enum CorpusPart
{
    /// <summary>Trained on.</summary>
    Train,

    /// <summary>Scored during training and search.</summary>
    Valid,

    /// <summary>Scored once, at the end.</summary>
    Test,
}
