package dev.hearth.signature.spring;

import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Json;
import dev.hearth.signature.spi.OutputException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Beans that are called without Spring. */
final class PlainCatalogue implements Catalogue {

  private final Map<String, Bean> beans = new LinkedHashMap<>();
  private final List<Object> closing = new ArrayList<>();
  private final Settings settings;
  private final Json json;
  private final boolean single;

  /**
   * @param plain the functions
   * @param settings where they are looked up
   * @param json reads and writes what they take and give
   */
  PlainCatalogue(List<PlainBean> plain, Settings settings, Json json) {
    for (PlainBean bean : plain) {
      beans.put(bean.definition(), bean);
      closing.add(bean.function());
    }
    this.settings = settings;
    this.json = json;
    this.single = beans.size() == 1;
    beans.putIfAbsent(Definition.ROUTER, new Router(this));
  }

  @Override
  public @Nullable Bean find(String definition) {
    if (definition.isEmpty()) {
      return single ? beans.values().iterator().next() : null;
    }
    List<Bean> parts = new ArrayList<>(1);
    for (String name : Definition.composed(definition)) {
      Bean bean = beans.get(name);
      if (bean == null) {
        return null;
      }
      parts.add(bean);
    }
    return parts.isEmpty() ? null : parts.size() == 1 ? parts.get(0) : new Chain(parts);
  }

  @Override
  public boolean knows(String name) {
    return beans.containsKey(name);
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(beans.keySet());
  }

  @Override
  public boolean isSingle() {
    return single;
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public Writer writer() {
    return new OfCodec(json);
  }

  /** Writes by the version's own library. */
  record OfCodec(Json json) implements Writer {
    @Override
    public byte[] write(@Nullable Object value) throws OutputException {
      return json.write(value).getBytes(StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() throws Exception {
    closeAll(closing);
  }

  /** Closes in reverse order, each one attempted. */
  static void closeAll(List<Object> closing) throws Exception {
    Exception first = null;
    for (int i = closing.size() - 1; i >= 0; i--) {
      try {
        InstanceFactory.close(closing.get(i));
      } catch (Exception e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
