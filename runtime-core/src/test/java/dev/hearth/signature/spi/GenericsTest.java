package dev.hearth.signature.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class GenericsTest {

  abstract static class Base<A, B> implements Function<B, A> {}

  abstract static class Middle<T> extends Base<T, Map<String, T>> {}

  abstract static class Swapped extends Middle<Integer> {}

  abstract static class Operator implements UnaryOperator<String> {}

  abstract static class Open<T> implements Function<T, List<T>> {}

  abstract static class Bounded<T extends CharSequence & Comparable<T>> implements Function<T, T> {}

  abstract static class Arrays implements Function<String[], List<int[]>[]> {}

  abstract static class OfArrays<T> implements Function<T[], T[][]> {}

  abstract static class ArraysOfText extends OfArrays<String> {}

  abstract static class Wild implements Function<List<? extends Number>, Map<?, ? super Integer>> {}

  @SuppressWarnings("rawtypes")
  abstract static class Raw implements Function {}

  @SuppressWarnings("rawtypes")
  abstract static class RawMiddle extends Middle {}

  interface Api<X> extends Function<X, String> {}

  interface Narrow extends Api<Long> {}

  abstract static class ThroughInterfaces implements Narrow {}

  private static String[] of(Class<?> type) {
    Type[] arguments = Generics.of(type).arguments(Function.class);
    return new String[] {arguments[0].getTypeName(), arguments[1].getTypeName()};
  }

  @Test
  void arguments_throughSuperclasses_areResolved() {
    assertThat(of(Swapped.class))
        .containsExactly("java.util.Map<java.lang.String, java.lang.Integer>", "java.lang.Integer");
    assertThat(of(Operator.class)).containsExactly("java.lang.String", "java.lang.String");
    assertThat(of(ThroughInterfaces.class)).containsExactly("java.lang.Long", "java.lang.String");
  }

  @Test
  void arguments_notKnown_areTheirBound() {
    assertThat(of(Open.class))
        .containsExactly("java.lang.Object", "java.util.List<java.lang.Object>");
    assertThat(of(Bounded.class))
        .containsExactly("java.lang.CharSequence", "java.lang.CharSequence");
    assertThat(of(Raw.class)).containsExactly("java.lang.Object", "java.lang.Object");
    assertThat(of(RawMiddle.class))
        .containsExactly("java.util.Map<java.lang.String, java.lang.Object>", "java.lang.Object");
    Function<String, String> lambda = text -> text;
    assertThat(of(lambda.getClass())).containsExactly("java.lang.Object", "java.lang.Object");
  }

  @Test
  void arguments_arrays_areClassesWherePossible() {
    assertThat(of(Arrays.class)).containsExactly("java.lang.String[]", "java.util.List<int[]>[]");
    assertThat(Generics.of(ArraysOfText.class).arguments(Function.class))
        .containsExactly(String[].class, String[][].class);
  }

  @Test
  void arguments_wildcards_areTheirBounds() {
    assertThat(of(Wild.class))
        .containsExactly(
            "java.util.List<java.lang.Number>",
            "java.util.Map<java.lang.Object, java.lang.Integer>");
  }

  @Test
  void raw_anyType_isItsErasure() {
    assertThat(Generics.raw(Generics.of(Arrays.class).arguments(Function.class)[1]))
        .isEqualTo(List[].class);
    assertThat(Generics.boxed(int.class)).isEqualTo(Integer.class);
    assertThat(Generics.boxed(void.class)).isEqualTo(Void.class);
    assertThat(Generics.boxed(String.class)).isEqualTo(String.class);
  }
}
