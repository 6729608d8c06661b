namespace HsNas.Browser.Tests.Support;

/// <summary>All tests look at one stage, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class OneStage : ICollectionFixture<Stage>
{
    /// <summary>Of the collection.</summary>
    public const string Name = "stage";
}
