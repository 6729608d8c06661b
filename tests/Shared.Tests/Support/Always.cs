using FsCheck;
using FsCheck.Fluent;

namespace HsNas.Shared.Tests.Support;

/// <summary>Statements about all values of a kind, tried on many of them by FsCheck. The same values every time.</summary>
internal static class Always
{
    // Fixed, so that a run says the same as the one before. A failure names the smallest value that FsCheck found.
    private static readonly Config Repeatable = Config.QuickThrowOnFailure.WithReplay(20_260_101UL, 1_048_575UL).WithMaxTest(500);

    /// <summary>Fails with the value for which the statement does not hold.</summary>
    public static void Holds<T>(Gen<T> values, Func<T, bool> statement) => Prop.ForAll(values.ToArbitrary(), statement).Check(Repeatable);
}
