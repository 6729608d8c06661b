using System.Text;
using HsNas.Shared.Requests;

namespace HsNas.Functions.Tests.Requests;

public sealed class MalformedRequestTests
{
    private static readonly string[] Tasks = ["tiny-en-de", "wmt14-en-de"];

    [Fact]
    public void No_request_is_bad_enough_to_throw_and_every_refusal_names_a_field()
    {
        var (accepted, refused) = (0, 0);
        foreach (var bytes in MalformedRequests.Create(4000, seed: 1))
        {
            try
            {
                var read = SearchRequestReader.Read(bytes, Tasks);
                Assert.Equal(read.Request is null, read.Errors.Count > 0);
                Assert.All(read.Errors, e => Assert.True(e.Field.Length > 0 && e.Message.Length > 0));
                (accepted, refused) = read.Request is null ? (accepted, refused + 1) : (accepted + 1, refused);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"{e}\n{Encoding.UTF8.GetString(bytes)}");
            }
        }

        // The generator is worth something only if it makes both, and mostly faults.
        Assert.True(refused > 3000 && accepted > 10, $"{accepted} accepted, {refused} refused");
    }
}
