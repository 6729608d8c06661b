using System.Text.Json;
using HsNas.Contracts.Jobs;
using HsNas.Kernel;
using HsNas.Kernel.Validation;

namespace HsNas.Shared.Tests.Messaging;

public sealed class WorkerJobTests
{
    private const string Id = "0123456789abcdef0123456789abcdef";
    private static readonly WorkerJob Job = new(1, Id, JobKinds.Score, "search", $"jobs/{Id}/input.json", $"jobs/{Id}/output.json");

    [Fact]
    public void A_job_comes_back_as_it_was_sent_and_says_nothing_of_traces_where_there_is_none()
    {
        var message = JsonSerializer.Serialize(Job, Json.Options);

        Assert.Equal(Job, WorkerJob.Parse(message));
        Assert.DoesNotContain("trace", message, StringComparison.OrdinalIgnoreCase);
        var traced = Job with { TraceParent = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01" };
        Assert.Equal(traced, WorkerJob.Parse(JsonSerializer.Serialize(traced, Json.Options)));
    }

    public static TheoryData<string, string> Faulty => new()
    {
        { "", "$" },
        { "nonsense", "$" },
        { "null", "$" },
        { "[]", "$" },
        { "{}", "jobId" },
        { With("jobId", "../../secrets"), "jobId" },
        { With("jobId", Id.ToUpperInvariant()), "jobId" },
        { With("instanceId", ""), "instanceId" },
        { With("instanceId", "a/../b"), "instanceId" },
        { With("kind", ""), "kind" },
        { With("inputBlob", "datasets/../jobs/x"), "inputBlob" },
        { With("inputBlob", $"searches/{Id}/input.json"), "inputBlob" },
        { With("outputBlob", $"jobs/{Id}/../other/output.json"), "outputBlob" },
        { With("outputBlob", "http://elsewhere/x"), "outputBlob" },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void A_message_that_is_no_job_is_refused_by_its_field(string message, string field) =>
        Assert.Equal(field, Assert.Throws<DataFormatException>(() => WorkerJob.Parse(message)).Field);

    [Fact]
    public void A_field_of_the_next_version_goes_with_a_job_and_a_reply_is_read_without_it()
    {
        var job = WorkerJob.Parse(With("priority", "high"));

        Assert.Equal("high", JsonSerializer.SerializeToNode(job with { Deliveries = 2 }, Json.Options)!["priority"]!.GetValue<string>());
        Assert.Equal(
            new WorkerReply(Id, "search"), WorkerReply.Parse($$"""{"jobId":"{{Id}}","instanceId":"search","machine":"b","took":[1]}"""));
    }

    private static string With(string field, string value)
    {
        var fields = JsonSerializer.SerializeToNode(Job, Json.Options)!.AsObject();
        fields[field] = value;
        return fields.ToJsonString();
    }
}
