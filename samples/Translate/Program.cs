using OnnxTranslate;

// Translates standard input, line by line, with a model that './hsnas export' wrote.
if (args.Length % 2 == 0 || args.Where((_, i) => i % 2 == 1).Any(a => a is not ("--beam" or "--batch" or "--threads")))
{
    Console.Error.WriteLine("usage: Translate FOLDER [--beam 4] [--batch 32] [--threads 1]     (--beam 1 is greedy)");
    return 2;
}

int? Option(string name) => Array.IndexOf(args, name) is > 0 and var at ? int.Parse(args[at + 1]) : null;
try
{
    using var translator = new Translator(args[0], Option("--beam"), Option("--threads") ?? 1);
    return Lines.Translate(translator, Console.In, Console.Out, Console.Error, Option("--batch") ?? (Console.IsInputRedirected ? 32 : 1));
}
catch (Exception e) when (e is InvalidDataException or FormatException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
