package dev.hearth.signature.fission;

import dev.hearth.function.Request;
import java.io.InputStream;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.core.Cookie;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.MultivaluedMap;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;
import javax.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/** A request as JAX-RS shows it to a resource: what only a filter before it may do is refused. */
final class JaxrsRequest implements ContainerRequestContext {

  private final MultivaluedMap<String, String> headers = new IgnoreCaseMap();
  private final Map<String, Object> properties = new LinkedHashMap<>();
  private final String method;
  private final URI uri;
  private final boolean hasEntity;
  private InputStream entity;
  private SecurityContext security = Anonymous.INSTANCE;

  JaxrsRequest(Request request) {
    for (String name : request.headers().names()) {
      headers.put(name, new ArrayList<>(request.headers().all(name)));
    }
    method = request.method();
    uri = RequestUri.of(request);
    hasEntity = request.contentLength() != 0;
    entity = request.body();
  }

  @Override
  public @Nullable Object getProperty(String name) {
    return properties.get(name);
  }

  @Override
  public Collection<String> getPropertyNames() {
    return Collections.unmodifiableCollection(properties.keySet());
  }

  @Override
  public void setProperty(String name, @Nullable Object value) {
    if (value == null) {
      properties.remove(name);
    } else {
      properties.put(name, value);
    }
  }

  @Override
  public void removeProperty(String name) {
    properties.remove(name);
  }

  @Override
  public UriInfo getUriInfo() {
    return new JaxrsUri(uri);
  }

  @Override
  public void setRequestUri(URI requestUri) {
    throw onlyBefore("its address be changed");
  }

  @Override
  public void setRequestUri(URI baseUri, URI requestUri) {
    throw onlyBefore("its address be changed");
  }

  @Override
  public javax.ws.rs.core.Request getRequest() {
    return new JaxrsConditions(method);
  }

  @Override
  public String getMethod() {
    return method;
  }

  @Override
  public void setMethod(String method) {
    throw onlyBefore("its method be changed");
  }

  @Override
  public MultivaluedMap<String, String> getHeaders() {
    return headers;
  }

  @Override
  public @Nullable String getHeaderString(String name) {
    List<String> values = headers.get(name);
    return values == null ? null : String.join(",", values);
  }

  @Override
  public @Nullable Date getDate() {
    String date = headers.getFirst("Date");
    try {
      return date == null
          ? null
          : Date.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
    } catch (DateTimeException e) {
      return null;
    }
  }

  @Override
  public @Nullable Locale getLanguage() {
    String language = headers.getFirst("Content-Language");
    return language == null ? null : Locale.forLanguageTag(language.strip());
  }

  @Override
  public int getLength() {
    String length = headers.getFirst("Content-Length");
    try {
      return length == null ? -1 : Integer.parseInt(length.strip());
    } catch (NumberFormatException e) {
      return -1; // longer than an int, or none
    }
  }

  @Override
  public @Nullable MediaType getMediaType() {
    String type = headers.getFirst("Content-Type");
    return type == null ? null : MediaType.valueOf(type);
  }

  @Override
  public List<MediaType> getAcceptableMediaTypes() {
    List<MediaType> types = new ArrayList<>();
    for (String type : Weighted.of(getHeaderString("Accept"))) {
      types.add(MediaType.valueOf(type));
    }
    return types.isEmpty() ? List.of(MediaType.WILDCARD_TYPE) : List.copyOf(types);
  }

  @Override
  public List<Locale> getAcceptableLanguages() {
    List<Locale> languages = new ArrayList<>();
    for (String language : Weighted.of(getHeaderString("Accept-Language"))) {
      languages.add(language.equals("*") ? new Locale("*") : Locale.forLanguageTag(language));
    }
    return languages.isEmpty() ? List.of(new Locale("*")) : List.copyOf(languages);
  }

  @Override
  public Map<String, Cookie> getCookies() {
    Map<String, Cookie> cookies = new LinkedHashMap<>();
    for (String line : headers.getOrDefault("Cookie", List.of())) {
      for (String pair : line.split(";")) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          String name = pair.substring(0, equals).strip();
          cookies.putIfAbsent(name, new Cookie(name, pair.substring(equals + 1).strip()));
        }
      }
    }
    return Collections.unmodifiableMap(cookies);
  }

  @Override
  public boolean hasEntity() {
    return hasEntity;
  }

  @Override
  public InputStream getEntityStream() {
    return entity;
  }

  @Override
  public void setEntityStream(InputStream input) {
    entity = input;
  }

  @Override
  public SecurityContext getSecurityContext() {
    return security;
  }

  @Override
  public void setSecurityContext(SecurityContext context) {
    security = context;
  }

  @Override
  public void abortWith(Response response) {
    throw onlyBefore("it be aborted; return the response");
  }

  private static IllegalStateException onlyBefore(String what) {
    return new IllegalStateException(
        "the request has reached the function; only a filter before it could let " + what);
  }
}
