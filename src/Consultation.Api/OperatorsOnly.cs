using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.Api;

/// <summary>
/// Lets those who run the host steer instances; everybody else who may read gets 403 with a sentence.
/// </summary>
internal sealed class OperatorsOnly : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        return ElsaAccess.IsIn(http.User, http.RequestServices.GetRequiredService<ElsaAccess>().Operators)
            ? next(context)
            : ValueTask.FromResult<object?>(Answers.Forbidden(
                http, "您只能查看，不能操作流程实例。", "You may look at workflow instances but not steer them."));
    }
}
