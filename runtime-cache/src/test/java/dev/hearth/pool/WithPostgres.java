package dev.hearth.pool;

import java.io.IOException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the {@link PostgresServer} of this run, started for the first of them, closed after the last. Tests fail if it does
 * not start, and are skipped only where there is no server for the platform.
 */
final class WithPostgres implements BeforeAllCallback, ParameterResolver {

  private static final Namespace OURS = Namespace.create(WithPostgres.class);

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    Store store = store(context);
    if (store.get(Running.class) == null) {
      store.put(Running.class, new Running(PostgresServer.start()));
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == PostgresServer.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return store(context).get(Running.class, Running.class).server();
  }

  private static Store store(ExtensionContext context) {
    return context.getRoot().getStore(OURS);
  }

  @SuppressWarnings("deprecation") // the engines that close any AutoCloseable came later
  private record Running(PostgresServer server) implements Store.CloseableResource {
    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
