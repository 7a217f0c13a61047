package dev.hearth.signature.aws;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;

/** Opens a descriptor that the process was started with, for writing. */
final class Descriptor {

  private Descriptor() {}

  /**
   * The descriptor itself where the JVM was started with {@code --add-opens java.base/java.io=ALL-UNNAMED}, else what it
   * stands for, opened once more; the latter does not work for sockets.
   *
   * @throws IOException if it cannot be opened
   */
  static FileOutputStream open(int number) throws IOException {
    if (number < 0) {
      throw new IOException("a descriptor is not negative");
    }
    try {
      Constructor<FileDescriptor> constructor =
          FileDescriptor.class.getDeclaredConstructor(int.class);
      if (constructor.trySetAccessible()) {
        return new FileOutputStream(constructor.newInstance(number));
      }
    } catch (ReflectiveOperationException e) {
      // Another way is left.
    }
    return new FileOutputStream("/proc/self/fd/" + number, true);
  }
}
