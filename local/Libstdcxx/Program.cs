using HsNas.Local.Libstdcxx;

// Called by the build for each output folder: the path of its libLibTorchSharp.so.
if (args is not [var file])
{
    Console.Error.WriteLine("Usage: HsNas.Local.Libstdcxx FILE, the path of libLibTorchSharp.so in a build's output.");
    return 2;
}

try
{
    if (SystemLibstdcxx.HasNeededVersion()) return 0;
    if (LibTorchSharpFile.Relax(file))
        Console.WriteLine(
            $"This system's libstdc++ is older than {LibTorchSharpFile.NeededVersion}: {file} now loads without that version.");
    return 0;
}
catch (InvalidDataException e)
{
    // The form that MSBuild recognises as an error.
    Console.Error.WriteLine($"{file} : error HSNAS0001: {e.Message}");
    return 1;
}
