package dev.hearth.signature.fission;

import java.security.Principal;
import javax.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;

/** Says that nothing is known about the caller: Fission's router authenticates nobody. */
enum Anonymous implements SecurityContext {
  INSTANCE;

  @Override
  public @Nullable Principal getUserPrincipal() {
    return null;
  }

  @Override
  public boolean isUserInRole(String role) {
    return false;
  }

  @Override
  public boolean isSecure() {
    return false;
  }

  @Override
  public @Nullable String getAuthenticationScheme() {
    return null;
  }
}
