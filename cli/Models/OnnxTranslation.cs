using HsNas.Cli.Hosting;
using HsNas.Models;
using HsNas.Onnx;
using OnnxTranslate;

namespace HsNas.Cli.Models;

/// <summary>Translates with ONNX Runtime, in this process and without torch.</summary>
internal static class OnnxTranslation
{
    private const int LinesPerBatch = 32;

    /// <summary>
    /// Translates every line of <paramref name="input"/> with a folder of graphs, or with a trained model's folder, of which graphs
    /// are made first. A line that is too long becomes an empty one; the exit code is then 1.
    /// </summary>
    /// <exception cref="CliException">The folder holds no model, or a file of it is damaged.</exception>
    public static int Run(string folder, TextReader input, TextWriter output, TextWriter errors, bool interactive)
    {
        var temporary = File.Exists(Path.Combine(folder, ModelFiles.WeightsFile)) ? Directory.CreateTempSubdirectory("hsnas-onnx-") : null;
        try
        {
            if (temporary is not null)
                ModelFormat.Of("onnx").Write(new ModelSource(ModelSource.Read(folder), new CardFacts()), temporary.FullName);
            using var translator = new Translator(temporary?.FullName ?? folder);
            return Lines.Translate(translator, input, output, errors, interactive ? 1 : LinesPerBatch);
        }
        catch (InvalidDataException e)
        {
            throw new CliException(e.Message);
        }
        finally
        {
            temporary?.Delete(recursive: true);
        }
    }
}
