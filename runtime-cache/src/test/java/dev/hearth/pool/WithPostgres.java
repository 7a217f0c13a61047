package dev.hearth.pool;

import java.io.IOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the {@link PostgresServer} of this run, started for the first of them, closed after the last. */
final class WithPostgres implements ParameterResolver {

  private static final Namespace OURS = Namespace.create(WithPostgres.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == PostgresServer.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(OURS)
        .getOrComputeIfAbsent(Running.class, key -> new Running(), Running.class)
        .server;
  }

  @SuppressWarnings("deprecation") // the engines that read AutoCloseable instead came later
  private static final class Running implements ExtensionContext.Store.CloseableResource {
    final PostgresServer server;

    Running() {
      try {
        server = PostgresServer.start();
      } catch (IOException e) {
        throw new ParameterResolutionException("PostgreSQL cannot be started", e);
      }
    }

    @Override
    public void close() throws Exception {
      server.close();
    }
  }
}
