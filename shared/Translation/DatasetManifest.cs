namespace HsNas.Translation;

/// <summary>What a prepared data set is; stored beside its parts.</summary>
/// <param name="Task">Task name.</param>
/// <param name="Hash">SHA-256 (first 16 hexadecimal digits) over the texts of all parts and the vocabulary: results quote it.</param>
/// <param name="Provenance">Where the text came from, with versions and licence.</param>
/// <param name="VocabularySize">Ids in use.</param>
/// <param name="TrainPairs">Training pairs.</param>
/// <param name="ValidPairs">Validation pairs.</param>
/// <param name="TestPairs">Test pairs.</param>
/// <param name="TrainShards">Blobs that the encoded training part is cut into; one where null.</param>
public sealed record DatasetManifest(
    string Task, string Hash, string Provenance, int VocabularySize, int TrainPairs, int ValidPairs, int TestPairs,
        int? TrainShards = null);
