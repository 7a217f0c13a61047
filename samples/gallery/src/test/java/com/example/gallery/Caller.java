package com.example.gallery;

import dev.hearth.FunctionHandle;
import dev.hearth.Hearth;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/** Calls a function as a platform would, over its wire. */
interface Caller {

  /**
   * Serves the host's only function under a contract, calls it once and stops serving.
   *
   * @throws Exception if the contract cannot be spoken to; what it answers is no exception, whatever it is
   */
  Got call(Hearth hearth, FunctionHandle function, Row row) throws Exception;

  /**
   * What came back.
   *
   * @param ok whether the platform takes it for a success
   * @param text the answer, or what the platform was told instead
   */
  record Got(boolean ok, String text) {

    private static final Pattern BODY = Pattern.compile("\"body\":\"([A-Za-z0-9+/]+=*)\"");

    /** Whether a text is in it: as it is, as a JSON string, or in base64. */
    boolean tells(String wanted) {
      return text.replace("\\\"", "\"").contains(wanted)
          || BODY.matcher(text).results().anyMatch(body -> decoded(body.group(1)).contains(wanted));
    }

    private static String decoded(String base64) {
      try {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        return "";
      }
    }
  }

  /** Of a contract by name. */
  static Caller of(String contract) {
    return switch (contract) {
      case "fn" -> new FnCaller();
      case "lambda" -> new LambdaCaller();
      case "lambda-emulator" ->
          new HttpCaller(
              contract, "/2015-03-31/functions/sample/invocations", Payloads::invocation);
      case "nuclio" -> new NuclioCaller();
      case "azure" -> new HttpCaller(contract, "/sample", Payloads::azure);
      case "openwhisk" -> new HttpCaller(contract, "/run", Payloads::openWhisk);
      default -> new HttpCaller(contract, "/", Payloads::plain);
    };
  }
}
