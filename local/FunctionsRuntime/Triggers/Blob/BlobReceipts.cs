using Microsoft.Azure.Functions.Worker.Orchestrations;

namespace Microsoft.Azure.Functions.Worker.Triggers.Blob;

/// <summary>Which version of which blob a function has had, so that it gets each one once.</summary>
internal sealed class BlobReceipts(Database database, string function, string container)
{
    internal Dictionary<string, (string ETag, int Attempts, bool Done)> Load() => database.Read(db => db.Query(
        "SELECT Blob, ETag, Attempts, Done FROM BlobReceipts WHERE Function = $0 AND Container = $1",
        row => (Blob: row.GetString(0), State: (row.GetString(1), row.GetInt32(2), row.GetInt64(3) != 0)),
        function,
        container)).ToDictionary(item => item.Blob, item => item.State);

    internal void Save(string blob, string etag, int attempts, bool done) => database.Write(db => db.Execute(
        "INSERT OR REPLACE INTO BlobReceipts (Function, Container, Blob, ETag, Attempts, Done) VALUES ($0, $1, $2, $3, $4, $5)",
        function,
        container,
        blob,
        etag,
        attempts,
        done ? 1 : 0));
}
