namespace HsNas.EndToEnd.Tests.Support;

/// <summary>Marks a test that runs the whole system; where a part of it is not installed it is skipped, and says which.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EndToEndFactAttribute : FactAttribute
{
    public EndToEndFactAttribute()
    {
        if (Programs.Azurite is null) Skip = "Azurite was not found: set HSNAS_AZURITE to its executable, or install it into .hsnas/azurite.";
    }
}
