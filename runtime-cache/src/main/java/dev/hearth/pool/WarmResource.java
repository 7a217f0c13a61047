package dev.hearth.pool;

import org.jspecify.annotations.Nullable;

/**
 * How the host opens, checks, renews and closes one thing that it keeps warm for functions, such as a client of a service.
 *
 * <p>Its methods are called on threads of the host, which remember no function, one at a time but for {@link #close}, and may block: the
 * host bounds how long it waits, and interrupts what takes longer and goes on. What is opened is used by many threads at once.
 *
 * @param <T> what is opened
 */
public interface WarmResource<T> {

  /**
   * What functions may ask for. A type of the JDK is lent as it is; any other is the host's own class, which no function can name: it is
   * lent by interfaces of the functions' own.
   */
  Class<T> type();

  /** Opens it. What it throws is told to the function that needs it, and opening is tried again for the next. */
  T open() throws Exception;

  /**
   * Whether it is still good. Asked before its next use when there is reason to doubt: the process stood still, or a use failed. What it
   * throws means no. By default nothing that is doubted is trusted.
   */
  default boolean check(T opened) throws Exception {
    return false;
  }

  /**
   * Replaces one that is not good any more. By default a new one is opened; may also give the same, if it has been mended.
   *
   * @return what is used from now on; if it is another, the host closes the old one when its last user is done
   */
  default T renew(T opened) throws Exception {
    return open();
  }

  /** Closes it; once, also if it is in use while the host closes. */
  void close(T opened) throws Exception;

  /**
   * What functions are given of a {@link #type} of the JDK that is a class: an object that borrows at each use, and cannot close or change
   * what is shared. Of interfaces the host makes it, so it is null by default.
   *
   * @param lender lends to one function; the view is the same for all its versions, and must hold nothing of them
   */
  default @Nullable T view(Lender<T> lender) {
    return null;
  }

  /** Lends to one function. Thread-safe. */
  interface Lender<T> {
    /**
     * Lends what is open now, opened, checked or renewed first where that is due.
     *
     * @return to be closed when the use is over
     * @throws IllegalStateException if it cannot be opened, or the host is closed
     */
    Loan<T> borrow();
  }

  /** One use. Thread-safe. */
  interface Loan<T> extends AutoCloseable {
    /** What is lent. */
    T value();

    /** Has it checked before its next use. */
    void doubt();

    /** The use is over. Twice is once. */
    @Override
    void close();
  }
}
