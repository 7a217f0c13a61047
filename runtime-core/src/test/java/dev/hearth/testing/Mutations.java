package dev.hearth.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** What a parser must survive: good messages with edits in them, and bytes that are no message at all. Shrinks to few edits. */
public final class Mutations {

  private static final int MOST_EDITS = 6;

  private Mutations() {}

  private enum Kind {
    REPLACE,
    INSERT,
    REMOVE,
    REPEAT,
    FLIP_BIT,
    CUT
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Edit(Kind kind, int at, int length, byte[] piece) {

    byte[] applied(byte[] to) {
      int from = to.length == 0 ? 0 : at % to.length;
      int count = Math.min(length, to.length - from);
      ByteArrayOutputStream out = new ByteArrayOutputStream(to.length + 16);
      out.write(to, 0, from);
      switch (kind) {
        case CUT -> {
          return out.toByteArray();
        }
        case REPLACE -> {
          out.writeBytes(piece);
          from = Math.min(from + piece.length, to.length);
        }
        case INSERT -> out.writeBytes(piece);
        case REMOVE -> from += count;
        case REPEAT -> out.write(to, from, count);
        case FLIP_BIT -> {
          if (count > 0) {
            out.write(to[from++] ^ (1 << (length & 7)));
          }
        }
      }
      out.write(to, from, to.length - from);
      return out.toByteArray();
    }
  }

  /**
   * Mostly good messages with up to six edits, sometimes none; else bytes at random or pieces in a row.
   *
   * @param good messages of which each is valid
   * @param pieces what means something to the parser
   */
  public static Arbitrary<byte[]> of(List<byte[]> good, List<String> pieces) {
    Arbitrary<byte[]> piece =
        Arbitraries.frequencyOf(
            Tuple.of(
                3, Arbitraries.of(pieces).map(text -> text.getBytes(StandardCharsets.ISO_8859_1))),
            Tuple.of(1, Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(4)));
    Arbitrary<Edit> edit =
        Combinators.combine(
                Arbitraries.of(Kind.class),
                Arbitraries.integers().between(0, 4095),
                Arbitraries.integers().between(1, 40),
                piece)
            .as(Edit::new);
    Arbitrary<byte[]> edited =
        Combinators.combine(Arbitraries.of(good), edit.list().ofMaxSize(MOST_EDITS))
            .as(Mutations::edited);
    Arbitrary<byte[]> random = Arbitraries.bytes().array(byte[].class).ofMaxSize(120);
    Arbitrary<byte[]> row = piece.list().ofMaxSize(40).map(Mutations::joined);
    return Arbitraries.frequencyOf(Tuple.of(8, edited), Tuple.of(1, random), Tuple.of(2, row));
  }

  /** The same as text: each byte one character of UTF-8 where that is possible. */
  public static Arbitrary<String> text(List<String> good, List<String> pieces) {
    List<byte[]> bytes = good.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    return of(bytes, pieces).map(text -> new String(text, StandardCharsets.UTF_8));
  }

  private static byte[] edited(byte[] good, List<Edit> edits) {
    byte[] message = good;
    for (Edit edit : edits) {
      message = edit.applied(message);
    }
    return message;
  }

  private static byte[] joined(List<byte[]> pieces) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    pieces.forEach(out::writeBytes);
    return out.toByteArray();
  }
}
