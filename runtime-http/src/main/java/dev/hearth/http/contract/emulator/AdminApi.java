package dev.hearth.http.contract.emulator;

import dev.hearth.FunctionHandle;
import dev.hearth.cloudevents.JsonText;
import dev.hearth.function.Request;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.HttpExchange;
import dev.hearth.loader.DeployException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Versions and aliases as the service's API makes, lists and changes them.
 *
 * <p>Source: AWS Lambda, API reference, <i>PublishVersion</i>, <i>ListVersionsByFunction</i>, <i>CreateAlias</i>, <i>UpdateAlias</i>.
 */
final class AdminApi {

  private static final int BODY_BYTES = 64 << 10;

  private final Shared shared;

  AdminApi(Shared shared) {
    this.shared = shared;
  }

  /** What a request asks for, once its body is there. */
  @FunctionalInterface
  private interface Operation {
    Answer run(byte[] body) throws ApiException;
  }

  /** Takes a request for a function's versions. */
  void versions(HttpExchange exchange, String segment) {
    String query = exchange.request().query();
    switch (exchange.request().method()) {
      case "GET" -> read(exchange, body -> list(function(segment), query));
      case "POST" -> read(exchange, body -> publish(function(segment), new JsonBody(body)));
      default -> exchange.answer(notAllowed("GET, POST"));
    }
  }

  /**
   * Takes a request for a function's aliases.
   *
   * @param name of one of them, percent-encoded; null for all
   */
  void aliases(HttpExchange exchange, String segment, @Nullable String name) {
    Request request = exchange.request();
    String way = request.method() + (name == null ? "" : " NAME");
    String alias = name == null ? "" : name;
    switch (way) {
      case "GET" -> read(exchange, body -> aliases(function(segment), request.query()));
      case "POST" -> read(exchange, body -> create(function(segment), new JsonBody(body)));
      case "GET NAME" -> read(exchange, body -> get(function(segment), alias));
      case "PUT NAME" ->
          read(exchange, body -> update(function(segment), alias, new JsonBody(body)));
      case "DELETE NAME" -> read(exchange, body -> delete(function(segment), alias));
      default -> exchange.answer(notAllowed(name == null ? "GET, POST" : "GET, PUT, DELETE"));
    }
  }

  private static Answer notAllowed(String allowed) {
    return Answer.empty(405).header("Allow", allowed);
  }

  private static void read(HttpExchange exchange, Operation operation) {
    exchange.answerHeader("x-amzn-RequestId", UUID.randomUUID().toString());
    exchange.readBody(
        BODY_BYTES,
        body -> {
          try {
            return operation.run(body);
          } catch (ApiException e) {
            return e.answer();
          }
        });
  }

  private FunctionHandle function(String segment) throws ApiException {
    return shared.catalogue.function(FunctionName.parse(segment, null));
  }

  private Answer publish(FunctionHandle latest, JsonBody body) throws ApiException {
    String sha = body.text("CodeSha256");
    String revision = body.text("RevisionId");
    if (revision != null && !revision.equals(latest.version())) {
      throw ApiException.precondition();
    }
    if (sha != null && !sha.equals(sha256(latest))) {
      throw ApiException.parameter(
          "CodeSHA256 ("
              + sha
              + ") is different from current CodeSHA256 in $LATEST ("
              + sha256(latest)
              + "). Please try again with the CodeSHA256 in $LATEST.");
    }
    Published published = shared.catalogue.published(latest);
    try {
      String number = published.publish(latest);
      FunctionHandle version = published.version(number);
      return Answer.json(
          201, JsonText.print(configuration(latest, version == null ? latest : version, number)));
    } catch (DeployException e) {
      throw ApiException.conflict(String.valueOf(e.getMessage()));
    }
  }

  private Map<String, @Nullable Object> configuration(
      FunctionHandle latest, FunctionHandle version, String number) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("FunctionName", latest.name());
    document.put("FunctionArn", shared.settings.arn(latest.name(), number));
    document.put("Handler", version.handler());
    document.put("CodeSha256", sha256(version));
    document.put("Description", "");
    long run = version.spec().limits().runNanos() / 1_000_000_000L;
    document.put("Timeout", Math.max(1, Math.min(run, 900)));
    document.put("MemorySize", shared.settings.megabytes());
    document.put("Version", number);
    document.put("RevisionId", version.version());
    document.put("State", "Active");
    document.put("PackageType", "Zip");
    return document;
  }

  private static String sha256(FunctionHandle function) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(function.archiveHash()));
  }

  private Answer list(FunctionHandle latest, String query) throws ApiException {
    List<Object> all = new ArrayList<>();
    all.add(configuration(latest, latest, Alias.LATEST));
    Published published = shared.catalogue.published(latest);
    for (String number : published.versions()) {
      FunctionHandle version = published.version(number);
      if (version != null) {
        all.add(configuration(latest, version, number));
      }
    }
    return page("Versions", all, query);
  }

  private Answer aliases(FunctionHandle latest, String query) throws ApiException {
    String version = InvokeApi.queried(query, "FunctionVersion");
    String wanted = version == null ? null : FunctionName.decode(version);
    List<Object> all = new ArrayList<>();
    for (Alias alias : shared.catalogue.published(latest).aliases()) {
      if (wanted == null || wanted.equals(alias.version())) {
        all.add(document(latest, alias));
      }
    }
    return page("Aliases", all, query);
  }

  /** A marker is how many came before. */
  private static Answer page(String name, List<Object> all, String query) throws ApiException {
    int from = (int) Math.min(number(query, "Marker", 0), all.size());
    int to = (int) Math.min(from + number(query, "MaxItems", 10_000), all.size());
    Map<String, @Nullable Object> page = new LinkedHashMap<>();
    if (to < all.size()) {
      page.put("NextMarker", String.valueOf(to));
    }
    page.put(name, all.subList(from, to));
    return Answer.json(200, JsonText.print(page));
  }

  private static long number(String query, String name, long fallback) throws ApiException {
    String text = InvokeApi.queried(query, name);
    long value = text == null ? fallback : Span.digits(text);
    if (value < 0 || (value == 0 && name.equals("MaxItems"))) {
      throw ApiException.parameter(name + " is '" + text + "'; it must be a number that was given");
    }
    return value;
  }

  private Map<String, @Nullable Object> document(FunctionHandle latest, Alias alias) {
    return alias.document(shared.settings.arn(latest.name(), alias.name()));
  }

  private Answer create(FunctionHandle latest, JsonBody body) throws ApiException {
    String name = body.required("Name");
    if (!Alias.isName(name)) {
      throw ApiException.parameter(
          "Name is '" + name + "'; it must be letters, digits, - and _, and not digits alone");
    }
    String description = body.text("Description");
    Alias alias =
        Alias.of(name, body.required("FunctionVersion"), description == null ? "" : description);
    Weights weights = Weights.of(body);
    alias = weights == null ? alias : weights.over(alias);
    Published published = shared.catalogue.published(latest);
    requireVersions(latest, published, alias);
    if (!published.add(alias)) {
      throw ApiException.conflict(
          "Alias already exists: " + shared.settings.arn(latest.name(), name));
    }
    return Answer.json(201, JsonText.print(document(latest, alias)));
  }

  private Answer get(FunctionHandle latest, String name) throws ApiException {
    return Answer.json(200, JsonText.print(document(latest, alias(latest, name))));
  }

  private Alias alias(FunctionHandle latest, String name) throws ApiException {
    String decoded = FunctionName.decode(name);
    Alias alias = shared.catalogue.published(latest).alias(decoded);
    if (alias == null) {
      throw ApiException.notFound(
          "Cannot find alias arn: " + shared.settings.arn(latest.name(), decoded));
    }
    return alias;
  }

  private Answer update(FunctionHandle latest, String name, JsonBody body) throws ApiException {
    Alias before = alias(latest, name);
    String revision = body.text("RevisionId");
    if (revision != null && !revision.equals(before.revision())) {
      throw ApiException.precondition();
    }
    Alias after = before;
    String version = body.text("FunctionVersion");
    after = version == null ? after : after.to(version);
    String description = body.text("Description");
    after = description == null ? after : after.described(description);
    Weights weights = Weights.of(body);
    after = weights == null ? after : weights.over(after);
    Published published = shared.catalogue.published(latest);
    requireVersions(latest, published, after);
    if (!published.replace(before, after)) {
      throw ApiException.conflict("The alias was changed meanwhile; try again");
    }
    return Answer.json(200, JsonText.print(document(latest, after)));
  }

  private void requireVersions(FunctionHandle latest, Published published, Alias alias)
      throws ApiException {
    boolean latestOnly = alias.version().equals(Alias.LATEST);
    if (latestOnly && alias.additional() != null) {
      throw ApiException.parameter(
          "$LATEST is not supported for an alias pointing to more than 1 version");
    }
    if (!latestOnly) {
      requireVersion(latest, published, alias.version());
    }
    if (alias.additional() != null) {
      requireVersion(latest, published, alias.additional());
    }
  }

  private void requireVersion(FunctionHandle latest, Published published, String version)
      throws ApiException {
    if (Span.digits(version) < 1) {
      throw ApiException.parameter(
          "version '" + version + "' is not allowed here; it must be the number of a version");
    }
    if (published.version(version) == null) {
      throw ApiException.notFound(
          "Function not found: " + shared.settings.arn(latest.name(), version));
    }
  }

  private Answer delete(FunctionHandle latest, String name) throws ApiException {
    shared.catalogue.published(latest).remove(FunctionName.decode(name));
    return Answer.empty(204);
  }
}
