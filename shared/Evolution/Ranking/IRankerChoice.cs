namespace HsNas.Evolution.Ranking;

/// <summary>Decides who ranks a generation. The same generation always gets the same ranker.</summary>
public interface IRankerChoice
{
    /// <summary>The ranker of <paramref name="generation"/>, counted from 1.</summary>
    IRanker For(int generation);
}
