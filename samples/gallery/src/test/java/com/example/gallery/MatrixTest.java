package com.example.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.gallery.Caller.Got;
import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.http.Contracts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every kind of function under every contract. Prints the table that {@code docs/contracts.md} shows, and fails where a cell is empty that
 * {@link Holes} does not explain, or explained that is not empty.
 */
@Timeout(300)
final class MatrixTest {

  private static final Path PROVIDED =
      Sample.ROOT.resolve("runtime-http/target/hearth/lib/provided");

  @Test
  void everyKindOfFunction_underEveryContract_answersOrIsExplained() throws Exception {
    List<String> wrong = new ArrayList<>();
    StringBuilder table = new StringBuilder("| written for |");
    Contracts.names().forEach(name -> table.append(" `").append(name).append("` |"));
    table.append("\n|").append(" --- |".repeat(Contracts.names().size() + 1)).append('\n');
    for (Row row : Rows.ALL) {
      table.append("| ").append(row.kind()).append(" |");
      try (Hearth hearth = Hearth.builder().providedApis(PROVIDED).build()) {
        FunctionHandle function =
            hearth.deploy(
                "sample", FunctionSpec.builder(row.archive()).handler(row.handler()).build());
        for (String contract : Contracts.names()) {
          table.append(' ').append(cell(contract, hearth, function, row, wrong)).append(" |");
        }
      }
      table.append('\n');
    }

    System.out.println(table);
    assertThat(wrong).as("%s", table).isEmpty();
    assertThat(Files.readString(Sample.ROOT.resolve("docs/contracts.md")))
        .as("docs/contracts.md shows another table than the one that was found")
        .contains(table);
  }

  private static String cell(
      String contract, Hearth hearth, FunctionHandle function, Row row, List<String> wrong)
      throws Exception {
    Got got = Caller.of(contract).call(hearth, function, row);
    boolean answers = got.ok() && got.tells(row.answer());
    String why = Holes.why(row, contract);
    if (answers == (why != null)) {
      wrong.add(row + " under " + contract + ": " + (answers ? "answers: " : "") + got.text());
    }
    return answers ? "✓" : why == null ? "?" : why;
  }
}
