package dev.hearth.signature.fn;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a function before any of its code runs. Immutable.
 *
 * @param method what is called
 * @param construction makes what it is called on; null where the method is static
 * @param configuration what runs before the first call
 */
record Entry(
    FunctionMethod method, @Nullable Construction construction, Configuration configuration) {

  /**
   * Looks a function up.
   *
   * @throws dev.hearth.signature.spi.BindingException if it does not keep the rules of Fn's kit
   */
  static Entry of(Class<?> type, String name) {
    FunctionMethod method = FunctionMethod.find(type, name);
    return new Entry(
        method,
        method.isStatic() ? null : Construction.of(type),
        Configuration.of(type, method.isStatic()));
  }
}
