package dev.hearth.signature.azure;

import com.microsoft.azure.functions.RetryContext;
import dev.hearth.signature.spi.InputException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Where the data of one call come from: an envelope of the Azure host, or a plain request. One thread's. */
interface Source {

  /**
   * Data of the trigger or an input binding.
   *
   * @throws InputException if there are none, or they do not fit the type
   */
  @Nullable Object data(Declaration binding, Type type) throws InputException;

  /**
   * What is known about the trigger under a key, for {@code @BindingName}. What is not known is null.
   *
   * @throws InputException if it does not fit the type
   */
  @Nullable Object metadata(String key, Type type) throws InputException;

  /** Data of a binding that are a text, for middlewares; null if there are none, or something else. */
  @Nullable String text(String binding);

  /** The request of an HTTP trigger; null for others. */
  @Nullable HttpMessage http();

  /** How often the call was tried before. */
  RetryContext retry();
}
