using System.Text;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Supernets;
using HsNas.Contracts.Sweeps;
using HsNas.Evolution.Constraints;

namespace HsNas.Functions.Tests.Requests;

public sealed class MalformedRequestTests
{
    private static readonly string[] Tasks = ["tiny-en-de", "wmt14-en-de"];

    [Theory]
    [InlineData(MalformedRequests.Search)]
    [InlineData(MalformedRequests.Redistillation)]
    [InlineData(MalformedRequests.Selection)]
    [InlineData(MalformedRequests.Sweep)]
    public void No_request_is_bad_enough_to_throw_and_every_refusal_names_a_field(string valid)
    {
        var (accepted, refused) = (0, 0);
        foreach (var bytes in MalformedRequests.Create(4000, seed: 1, valid))
        {
            try
            {
                var errors = Errors(valid, bytes);
                Assert.All(errors, e => Assert.True(e.Field.Length > 0 && e.Message.Length > 0));
                (accepted, refused) = errors.Count > 0 ? (accepted, refused + 1) : (accepted + 1, refused);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"{e}\n{Encoding.UTF8.GetString(bytes)}");
            }
        }

        // The generator is worth something only if it makes both, and mostly faults.
        Assert.True(refused > 3000 && accepted > 10, $"{accepted} accepted, {refused} refused");
    }

    [Theory]
    [InlineData(MalformedRequests.Search)]
    [InlineData(MalformedRequests.Redistillation)]
    [InlineData(MalformedRequests.Selection)]
    [InlineData(MalformedRequests.Sweep)]
    public void However_many_faults_there_are_the_answer_is_short(string valid)
    {
        var unknown = string.Join(',', Enumerable.Range(0, 3000).Select(i => $"\"x{i}\":1"));
        Assert.Equal(51, Errors(valid, Encoding.UTF8.GetBytes($"{{{unknown}}}")).Count);
    }

    [Theory]
    [InlineData("""{"fingerprint":"0123456789ABCDEF"}""", "fingerprint")]
    [InlineData("""{"fingerprint":"../champion.json"}""", "fingerprint")]
    [InlineData("""{"fingerprint":5}""", "fingerprint")]
    [InlineData("""{"fingerprint":null}""", "fingerprint")]
    [InlineData("{}", "fingerprint")]
    [InlineData("[]", "$")]
    [InlineData("", "$")]
    [InlineData("""{"fingerprint":"0123456789abcdef","fingerprint":"0123456789abcdef"}""", "fingerprint")]
    [InlineData("""{"fingerprint":"0123456789abcdef","task":"x"}""", "task")]
    public void A_selection_names_its_one_fault(string json, string field)
    {
        var (request, errors) = SelectionRequest.Read(Encoding.UTF8.GetBytes(json));
        Assert.Null(request);
        Assert.Equal(field, Assert.Single(errors).Field);
    }

    private static IReadOnlyList<FieldError> Errors(string kind, byte[] bytes)
    {
        switch (kind)
        {
            case MalformedRequests.Redistillation:
                return RedistillationRequest.Read(bytes).Errors;
            case MalformedRequests.Selection:
                var selection = SelectionRequest.Read(bytes);
                Assert.Equal(selection.Request is null, selection.Errors.Count > 0);
                return selection.Errors;
            case MalformedRequests.Sweep:
                var sweep = new SweepReader(Tasks, ConstraintSet.BuiltIn, SupernetKinds.BuiltIn).Read(bytes);
                Assert.Equal(sweep.Request is null, sweep.Errors.Count > 0);
                return sweep.Errors;
            default:
                var search = SearchRequestReader.Read(bytes, Tasks);
                Assert.Equal(search.Request is null, search.Errors.Count > 0);
                return search.Errors;
        }
    }
}
