package dev.candor.protocol.generic;

import dev.candor.protocol.json.JsonKey;
import java.util.ArrayList;
import java.util.List;

/** One place in a JSON text, and the places below it that pointers lead to. */
final class PointerTree {
  private static final int NO_INDEX = -1;

  /** Its name in an object. */
  final JsonKey key;

  /** Its place in an array; -1 where the name is no index. */
  final int index;

  private final String name;
  private final List<PointerTree> children = new ArrayList<>();
  private int roles;

  private PointerTree(String name) {
    this.name = name;
    this.key = JsonKey.of(name);
    this.index = name.matches("0|[1-9]\\d{0,8}") ? Integer.parseInt(name) : NO_INDEX;
  }

  /** The place of the whole text, with nothing below it yet. */
  static PointerTree root() {
    return new PointerTree("");
  }

  /** Gives the place at the end of the way another role, a bit. */
  void add(List<String> tokens, int role) {
    if (tokens.isEmpty()) {
      roles |= role;
      return;
    }
    child(tokens.getFirst()).add(tokens.subList(1, tokens.size()), role);
  }

  private PointerTree child(String token) {
    for (PointerTree each : children) {
      if (each.name.equals(token)) {
        return each;
      }
    }
    PointerTree child = new PointerTree(token);
    children.add(child);
    return child;
  }

  boolean is(int role) {
    return (roles & role) != 0;
  }

  boolean hasRole() {
    return roles != 0;
  }

  int size() {
    return children.size();
  }

  PointerTree child(int number) {
    return children.get(number);
  }
}
