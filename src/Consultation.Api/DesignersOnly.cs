using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.Api;

/// <summary>
/// Lets designers and publishers change things; everybody else who may read gets 403 with a sentence.
/// </summary>
internal sealed class DesignersOnly : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var access = http.RequestServices.GetRequiredService<ElsaAccess>();
        return ElsaAccess.IsIn(http.User, access.Designers) || ElsaAccess.IsIn(http.User, access.Publishers)
            ? next(context)
            : ValueTask.FromResult<object?>(Answers.Forbidden(
                http, "您只能查看，不能修改流程。", "You may look at workflows but not change them."));
    }
}
