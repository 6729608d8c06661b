namespace OnnxTranslate;

/// <summary>Translates text line by line.</summary>
internal static class Lines
{
    /// <summary>
    /// Writes the translation of every line, <paramref name="batch"/> of them at once. A line that is too long becomes an empty
    /// one and is named among the errors; the exit code is then 1.
    /// </summary>
    public static int Translate(Translator translator, TextReader input, TextWriter output, TextWriter errors, int batch)
    {
        var (status, done) = (0, 0);
        foreach (var lines in Read(input).Chunk(batch))
        {
            for (var i = 0; i < lines.Length; i++)
            {
                if (translator.TooLong(lines[i]) is not { } problem) continue;
                errors.WriteLine($"line {done + i + 1}: {problem}");
                (lines[i], status) = ("", 1);
            }

            foreach (var translation in translator.Translate(lines)) output.WriteLine(translation);
            output.Flush();
            done += lines.Length;
        }

        return status;
    }

    private static IEnumerable<string> Read(TextReader input)
    {
        while (input.ReadLine() is { } line) yield return line;
    }
}
