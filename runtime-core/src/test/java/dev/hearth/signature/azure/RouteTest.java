package dev.hearth.signature.azure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Route templates against paths, as every contract sends them. */
final class RouteTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "items/{id} /api/items/7 {id=7}",
        "items/{id} /items/7 {id=7}",
        "items/{id} /f/items/7 {id=7}",
        "items/{id} /API/Items/a%20b%2Fc {id=a␠b/c}",
        "items/{id} /api/items/a+b {id=a+b}",
        "items/{id} /api/items/%zz {id=%zz}",
        "items/{id} /api/items/7/ {id=7}",
        "items/{id} /api/items {}",
        "items/{id} /api/items/7/8 {}",
        "items/{id} /api/other/7 {}",
        "items/{id} /api/items7/7 {}",
        "items/{id?} /api/items {}",
        "items/{id?} /api/items/7 {id=7}",
        "items/{id:int} /api/items/7 {id=7}",
        "items/{id:int?} /api/items {}",
        "items/{id=5} /api/items {id=5}",
        "{category:alpha}/{id:int?} /api/books/7 {category=books,id=7}",
        "{id?} /api {}",
        "{id?} /api/api {id=api}",
        "files/{*path} /api/files/a/b%20c {path=a/b␠c}",
        "files/{*path} /api/files {}",
        "img-{name}.{kind} /api/img-cat.png {}",
        "{id:regex(^\\d{{3}}$)} /api/123 {id=123}",
        "items/{broken /api/items/7 {}",
        "v{version}/x /api/v2/x {version=2}",
        "/items/{id} /api/items/7 {id=7}",
        "plain /api/plain {}",
      })
  void parameters_ofAPath_areTheTemplates(String template, String path, String expected) {
    Map<String, String> found = Route.of(template).parameters(path, "api", "f");

    assertThat(found.toString().replace(", ", ",")).isEqualTo(expected.replace('␠', ' '));
  }

  @ParameterizedTest
  @CsvSource({"/v1/shop/items/7", "/items/7"})
  void parameters_prefixOfSeveralSegments_isGonePast(String path) {
    assertThat(Route.of("items/{id}").parameters(path, "v1/shop")).isEqualTo(Map.of("id", "7"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "items/{id} api /api/items/7 true",
        "items/{id} api /items/7 false",
        "items/{id} '' /items/7 true",
        "items/{id:int} api /api/items/7 true",
        "items/{id:int} api /api/items/-7 true",
        "items/{id:int} api /api/items/seven false",
        "items/{id:int?} api /api/items true",
        "items/{name:alpha} api /api/items/7 false",
        "items/{on:bool} api /api/items/TRUE true",
        "items/{on:bool} api /api/items/yes false",
        "items/{id:guid} api /api/items/0f8fad5b-d9cb-469f-a165-70867728950e true",
        "items/{id:guid} api /api/items/0f8fad5b false",
        "items/{id:int:min(5)} api /api/items/1 true",
        "'' '' / true",
        "'' api /api true",
        "'' api /api/x false",
      })
  void fits_pathAndPrefix_asTheHostHasIt(
      String template, String prefix, String path, boolean fits) {
    assertThat(Route.of(template).fits(path, prefix)).isEqualTo(fits);
  }

  @ParameterizedTest
  @CsvSource({
    "items/new, items/{id}",
    "items/{id:int}, items/{id}",
    "items/v{id}, items/{id}",
    "items/{id}, items/{*rest}",
    "items, items/{id?}",
    "items/{id}/parts, {kind}/7/parts",
  })
  void rank_ofTwoThatAPathFits_saysWhichIsMeant(String meant, String other) {
    assertThat(Route.of(meant).rank()).isLessThan(Route.of(other).rank());
  }
}
