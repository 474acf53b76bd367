package dev.candor.base.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A value and the place that it came from: a node of a YAML file or a flag's text.
 *
 * @param where for messages: {@code file:line:column: path} or {@code --flag}
 * @param content a String, a List of values or a Map of them
 * @param quoted whether it is a String that stands in quotes or in a block, and so is text whatever
 *     it looks like
 */
public record Value(String where, Object content, boolean quoted) {

  public Value(String where, Object content) {
    this(where, content, false);
  }

  static Value of(String file, String path, Node node, Problems problems) {
    String where = place(file, node.getStartMark()) + (path.isEmpty() ? "" : ": " + path);
    return switch (node) {
      case MappingNode mapping -> new Value(where, map(file, path, mapping, problems));
      case SequenceNode sequence -> {
        List<Value> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
          items.add(of(file, path + "[" + items.size() + "]", item, problems));
        }
        yield new Value(where, items);
      }
      case ScalarNode scalar ->
          new Value(where, scalar.getValue(), scalar.getScalarStyle() != ScalarStyle.PLAIN);
      default -> new Value(where, "");
    };
  }

  private static Map<String, Value> map(
      String file, String path, MappingNode mapping, Problems problems) {
    Map<String, Value> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      String keyPath = path.isEmpty() ? key : path + "." + key;
      Value value = of(file, keyPath, tuple.getValueNode(), problems);
      if (entries.put(key, value) != null) {
        problems.add(
            place(file, tuple.getKeyNode().getStartMark()) + ": " + keyPath,
            "stands here a second time; keep one of them");
      }
    }
    return entries;
  }

  static String place(String file, Optional<Mark> mark) {
    return mark.map(m -> file + ":" + (m.getLine() + 1) + ":" + (m.getColumn() + 1)).orElse(file);
  }

  public boolean isText() {
    return content instanceof String;
  }

  /** The text of a scalar, else nothing. */
  public String text() {
    return content instanceof String text ? text : "";
  }

  @SuppressWarnings("unchecked")
  public @Nullable List<Value> list() {
    return content instanceof List<?> ? (List<Value>) content : null;
  }

  @SuppressWarnings("unchecked")
  public @Nullable Map<String, Value> map() {
    return content instanceof Map<?, ?> ? (Map<String, Value>) content : null;
  }
}
