using System.Text.Json;
using System.Text.Json.Serialization;

namespace HsNas.Kernel;

/// <summary>The one JSON dialect of blobs, messages and answers: camel case, strict about unknown members and types.</summary>
public static class Json
{
    /// <summary>Compact form.</summary>
    public static readonly JsonSerializerOptions Options = Create(indented: false);

    /// <summary>As <see cref="Options"/>, but members that a newer version wrote are skipped: for answers, whose reader cannot choose
    /// who writes them.</summary>
    public static readonly JsonSerializerOptions Lenient = new(Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    /// <summary>Form for files that people read.</summary>
    public static readonly JsonSerializerOptions Indented = Create(indented: true);

    private static JsonSerializerOptions Create(bool indented) => new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        WriteIndented = indented,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };
}
