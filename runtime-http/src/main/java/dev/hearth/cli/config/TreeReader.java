package dev.hearth.cli.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Makes a {@link Tree} of YAML 1.2 or JSON text, from the parser's events.
 *
 * <p>Building from events keeps the limits in one place: depth and opened size are counted while reading,
 * an alias costs what it stands for, and no tag, merge key or constructor is ever acted upon.
 */
final class TreeReader {

  /** Settings are five deep. */
  static final int MAX_DEPTH = 32;

  /** Nodes with aliases opened. */
  static final long MAX_NODES = 100_000;

  private final Problems problems;
  private final Iterator<Event> events;
  private final Map<Anchor, @Nullable Tree> anchors = new HashMap<>(); // null: not complete yet
  private long nodes;

  private TreeReader(String text, Problems problems) {
    this.problems = problems;
    LoadSettings settings =
        LoadSettings.builder().setUseMarks(true).setCodePointLimit(Integer.MAX_VALUE).build();
    this.events = new Parse(settings).parseString(text).iterator();
  }

  /**
   * Reads a text of one document.
   *
   * @return null if it holds nothing
   * @throws ConfigException if it is no YAML or beyond a limit; smaller problems are collected
   */
  static @Nullable Tree read(String text, Problems problems) {
    try {
      return new TreeReader(text, problems).document();
    } catch (MarkedYamlEngineException e) {
      // Its message would quote the lines around, which may hold a secret.
      throw problems.stop(
          position(e.getProblemMark()), "not readable as YAML: " + oneLine(e.getProblem()));
    } catch (YamlEngineException e) {
      throw problems.stop(Position.START, "not readable as YAML: " + oneLine(e.getMessage()));
    }
  }

  private static String oneLine(@Nullable String text) {
    return text == null ? "unknown reason" : text.strip().replace('\n', ' ').replace("\t(", "(");
  }

  private @Nullable Tree document() {
    Tree root = null;
    boolean seen = false;
    while (events.hasNext()) {
      Event event = events.next();
      switch (event.getEventId()) {
        case Scalar, SequenceStart, MappingStart, Alias -> root = node(event, 1);
        case DocumentStart -> {
          if (seen) {
            throw problems.stop(position(event.getStartMark()), "only one document is expected");
          }
          seen = true;
        }
        default -> {
          // Stream and document ends carry nothing.
        }
      }
    }
    return root;
  }

  private Tree node(Event event, int depth) {
    Position at = position(event.getStartMark());
    if (depth > MAX_DEPTH) {
      throw problems.stop(at, "nested deeper than " + MAX_DEPTH + " levels");
    }
    if (event instanceof AliasEvent alias) {
      return alias(alias, at);
    }
    count(1, at);
    refuseTag(event, at);
    NodeEvent node = (NodeEvent) event;
    node.getAnchor().ifPresent(anchor -> anchors.put(anchor, null));
    Tree tree =
        event instanceof ScalarEvent scalar
            ? new Tree.Scalar(at, scalar.getValue(), scalar.isPlain())
            : event instanceof MappingStartEvent ? mapping(at, depth) : sequence(at, depth);
    node.getAnchor().ifPresent(anchor -> anchors.put(anchor, tree));
    return tree;
  }

  private Tree alias(AliasEvent event, Position at) {
    Anchor anchor = event.getAlias();
    Tree target = anchors.get(anchor);
    if (target == null) {
      throw problems.stop(
          at,
          anchors.containsKey(anchor)
              ? "alias *" + anchor.getValue() + " stands inside what it refers to"
              : "alias *" + anchor.getValue() + " refers to no anchor before it");
    }
    count(target.size(), at);
    return target;
  }

  private void count(long more, Position at) {
    nodes += more;
    if (nodes > MAX_NODES) {
      throw problems.stop(at, "more than " + MAX_NODES + " values once aliases are opened");
    }
  }

  private void refuseTag(Event event, Position at) {
    Optional<String> tag =
        event instanceof ScalarEvent scalar
            ? scalar.getTag()
            : ((CollectionStartEvent) event).getTag();
    if (tag.isPresent()) {
      problems.add(
          at,
          "tag "
              + Suggestions.shortened(tag.get())
              + " is not accepted; write plain data, and text in quotes");
    }
  }

  private Tree sequence(Position at, int depth) {
    List<Tree> items = new ArrayList<>();
    long size = 1;
    Event event = events.next();
    while (event.getEventId() != Event.ID.SequenceEnd) {
      Tree item = node(event, depth + 1);
      items.add(item);
      size += item.size();
      event = events.next();
    }
    return new Tree.Sequence(at, items, size);
  }

  private Tree mapping(Position at, int depth) {
    Map<String, Tree.Entry> entries = new LinkedHashMap<>();
    long size = 1;
    Event event = events.next();
    while (event.getEventId() != Event.ID.MappingEnd) {
      Tree key = node(event, depth + 1);
      Tree value = node(events.next(), depth + 1);
      size += 1 + value.size();
      put(entries, key, value);
      event = events.next();
    }
    return new Tree.Mapping(at, entries, size);
  }

  private void put(Map<String, Tree.Entry> entries, Tree key, Tree value) {
    if (!(key instanceof Tree.Scalar name)) {
      problems.add(key.at(), "a key is " + key.kind() + "; expected text");
      return;
    }
    Tree.Entry before = entries.get(name.text());
    if (before != null) {
      problems.add(
          key.at(),
          "duplicate key '"
              + Suggestions.shortened(name.text())
              + "'; it stands on line "
              + before.keyAt().line()
              + " already");
      return;
    }
    entries.put(name.text(), new Tree.Entry(key.at(), value));
  }

  private static Position position(Optional<Mark> mark) {
    return mark.isPresent()
        ? new Position(mark.get().getLine() + 1, mark.get().getColumn() + 1)
        : Position.START;
  }
}
