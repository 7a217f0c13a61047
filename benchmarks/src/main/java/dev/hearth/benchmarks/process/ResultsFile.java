package dev.hearth.benchmarks.process;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every sample as JSON, to be read by programs, and again by {@code benchmarks/run --from}. */
final class ResultsFile {

  private static final JsonFactory FACTORY = new JsonFactory();

  private ResultsFile() {}

  static void write(Results results, Path file) throws IOException {
    try (JsonGenerator out = FACTORY.createGenerator(Files.newBufferedWriter(file))) {
      out.useDefaultPrettyPrinter();
      out.writeStartObject();
      out.writeArrayFieldStart("tables");
      for (Results.Table table : results.tables()) {
        write(table, out);
      }
      out.writeEndArray();
      out.writeEndObject();
    }
  }

  private static void write(Results.Table table, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", table.name());
    out.writeStringField("title", table.title());
    out.writeStringField("jdk", table.jdk());
    out.writeStringField("base", table.base());
    out.writeStringField("date", table.machine().date());
    out.writeStringField("processor", table.machine().processor());
    out.writeStringField("system", table.machine().system());
    out.writeStringField("load", table.machine().load());
    out.writeArrayFieldStart("rows");
    for (Row row : table.rows()) {
      write(row, out);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void write(Row row, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", row.name());
    out.writeStringField("flags", row.flags());
    if (row.failure() != null) {
      out.writeStringField("failure", row.failure());
    }
    out.writeObjectFieldStart("columns");
    for (Map.Entry<String, Samples> column : row.columns().entrySet()) {
      out.writeArrayFieldStart(column.getKey());
      for (double value : column.getValue().values()) {
        out.writeNumber(value);
      }
      out.writeEndArray();
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if the file is something else
   */
  static Results read(Path file) throws IOException {
    Results results = new Results();
    try (JsonParser in = FACTORY.createParser(Files.newBufferedReader(file))) {
      while (in.nextToken() != JsonToken.START_ARRAY) {
        if (in.currentToken() == null) {
          throw new IOException(file + " has no tables; it is not the JSON of benchmarks/run");
        }
      }
      while (in.nextToken() == JsonToken.START_OBJECT) {
        results.add(table(in));
      }
    }
    return results;
  }

  private static Results.Table table(JsonParser in) throws IOException {
    Map<String, String> texts = new HashMap<>();
    List<Row> rows = new ArrayList<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      if (in.nextToken() == JsonToken.START_ARRAY) {
        while (in.nextToken() == JsonToken.START_OBJECT) {
          rows.add(row(in));
        }
      } else {
        texts.put(field, in.getText());
      }
    }
    Machine machine =
        new Machine(
            text(texts, "date"),
            text(texts, "processor"),
            text(texts, "system"),
            text(texts, "load"));
    return new Results.Table(
        text(texts, "name"),
        text(texts, "title"),
        text(texts, "jdk"),
        text(texts, "base"),
        machine,
        rows);
  }

  private static Row row(JsonParser in) throws IOException {
    Map<String, String> texts = new HashMap<>();
    Map<String, List<Double>> columns = new LinkedHashMap<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      if (in.nextToken() == JsonToken.START_OBJECT) {
        while (in.nextToken() == JsonToken.FIELD_NAME) {
          columns.put(in.currentName(), values(in));
        }
      } else {
        texts.put(field, in.getText());
      }
    }
    Row row = new Row(text(texts, "name"), text(texts, "flags"));
    for (Map.Entry<String, List<Double>> column : columns.entrySet()) {
      for (double value : column.getValue()) {
        row.add(column.getKey(), value);
      }
    }
    if (texts.containsKey("failure")) {
      row.fail(text(texts, "failure"));
    }
    return row;
  }

  private static List<Double> values(JsonParser in) throws IOException {
    List<Double> values = new ArrayList<>();
    in.nextToken();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      values.add(in.getDoubleValue());
    }
    return values;
  }

  private static String text(Map<String, String> texts, String key) throws IOException {
    String text = texts.get(key);
    if (text == null) {
      throw new IOException("a table or row without '" + key + "'; write the file anew");
    }
    return text;
  }
}
