package hello;

import io.fission.Context;
import io.fission.Function;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.core.Response;

/** Written for Fission's jvm-jersey environment; runs unchanged. */
public class HelloJersey implements Function<ContainerRequestContext, Response> {
  @Override
  public Response call(ContainerRequestContext request, Context context) {
    return Response.ok("Hello from " + request.getUriInfo().getPath()).build();
  }
}
