package dev.hearth.benchmarks.process;

/** What tables call the functions that Hearth is measured with besides the one that all peers have. */
final class FunctionNames {

  /** Records by Jackson, from the cache as shipped. */
  static final String RECORDS = "records by Jackson";

  /** The same, from a cache that was trained for it. */
  static final String TRAINED = RECORDS + ", trained";

  /** The same, on the class path of the host. */
  static final String FLAT = RECORDS + ", trained, flat";

  private FunctionNames() {}

  static String of(Deployed function) {
    String handler = function.handler();
    return switch (handler.substring(handler.lastIndexOf('.') + 1)) {
      case "Orders" -> RECORDS;
      case "Megabyte" -> "1 MiB answer";
      case "C1" -> "50 classes";
      default -> "hello";
    };
  }
}
