using Azure.Storage.Blobs;
using HsNas.Functions.Tests.Support;
using HsNas.FunctionsRuntime.Tests.Storage;
using HsNas.Kernel.Stores;
using HsNas.Storage;

namespace HsNas.Functions.Tests.Stores;

/// <summary>The store of a folder keeps the contract.</summary>
public sealed class DirectoryArtifactStoreTests : ArtifactStoreContract, IDisposable
{
    private readonly TemporaryStore _temporary = new();

    protected override IArtifactStore Store => _temporary.Store;

    public void Dispose() => _temporary.Dispose();
}

/// <summary>The store of a storage account keeps the contract, on the emulator.</summary>
public sealed class BlobArtifactStoreTests(Azurite azurite) : ArtifactStoreContract, IClassFixture<Azurite>
{
    protected override IArtifactStore Store { get; } = new BlobArtifactStore(new BlobServiceClient(azurite.ConnectionString));
}
