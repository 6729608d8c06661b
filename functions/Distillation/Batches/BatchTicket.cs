namespace HsNas.Functions.Distillation.Batches;

/// <summary>A batch that was created at the provider, as it is noted.</summary>
/// <param name="Id">The provider's id.</param>
/// <param name="Folder">Whose it is.</param>
/// <param name="Number">Counted from 0 in its folder.</param>
/// <param name="CreatedAt">When it was created.</param>
public sealed record BatchTicket(string Id, string Folder, int Number, DateTimeOffset CreatedAt)
{
    /// <summary>Whether its answers are in the ledger.</summary>
    public bool Taken { get; init; }
}
