package io.fission;

import org.springframework.http.RequestEntity;
import org.springframework.http.ResponseEntity;

/**
 * What handlers of Fission's environment {@code jvm} implement. Not a part of Hearth: it goes behind the
 * archives of functions that were compiled against it and do not bring it. In the registry there is none.
 *
 * @param <I> not used; there because code in the field names two type arguments
 * @param <O> not used
 */
@SuppressWarnings("rawtypes") // the method's erasure is what code in the field was compiled against
public interface Function<I, O> {

  /** Handles one request; the context is null. */
  ResponseEntity call(RequestEntity request, Context context);
}
