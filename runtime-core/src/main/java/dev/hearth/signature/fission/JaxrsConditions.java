package dev.hearth.signature.fission;

import java.util.Date;
import java.util.List;
import javax.ws.rs.core.EntityTag;
import javax.ws.rs.core.Request;
import javax.ws.rs.core.Response.ResponseBuilder;
import javax.ws.rs.core.Variant;
import org.jspecify.annotations.Nullable;

/**
 * The method of a request. Its conditions are always met: whether a copy is fresh is for the function to say,
 * from the headers.
 */
record JaxrsConditions(String method) implements Request {

  @Override
  public String getMethod() {
    return method;
  }

  @Override
  public @Nullable Variant selectVariant(List<Variant> variants) {
    if (variants.isEmpty()) {
      throw new IllegalArgumentException("there must be a variant to select");
    }
    return variants.get(0);
  }

  @Override
  public @Nullable ResponseBuilder evaluatePreconditions(EntityTag tag) {
    return null;
  }

  @Override
  public @Nullable ResponseBuilder evaluatePreconditions(Date lastModified) {
    return null;
  }

  @Override
  public @Nullable ResponseBuilder evaluatePreconditions(Date lastModified, EntityTag tag) {
    return null;
  }

  @Override
  public @Nullable ResponseBuilder evaluatePreconditions() {
    return null;
  }
}
