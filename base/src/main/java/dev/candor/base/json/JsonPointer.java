package dev.candor.base.json;

import dev.candor.base.error.CandorException;
import java.util.ArrayList;
import java.util.List;

/** Takes JSON Pointers (RFC 6901) apart. */
public final class JsonPointer {
  private JsonPointer() {}

  /**
   * The names and indices on the way, none for the whole text.
   *
   * @throws CandorException where it is no pointer, or points behind an array's last element
   */
  public static List<String> tokens(String pointer) {
    if (pointer.isEmpty()) {
      return List.of();
    }
    if (pointer.charAt(0) != '/') {
      throw CandorException.user(
          "found '%s', must be a JSON pointer, which begins with /: /choices/0/text"
              .formatted(pointer));
    }
    List<String> tokens = new ArrayList<>();
    for (String token : pointer.substring(1).split("/", -1)) {
      if (token.equals("-")) {
        throw CandorException.user(
            "found '%s', but '-' is behind the last element, where nothing is".formatted(pointer));
      }
      tokens.add(unescaped(token, pointer));
    }
    return tokens;
  }

  private static String unescaped(String token, String pointer) {
    if (token.replaceAll("~[01]", "").contains("~")) {
      throw CandorException.user(
          "found '%s', but ~ is written ~0 in a JSON pointer, and / within a name ~1"
              .formatted(pointer));
    }
    return token.replace("~1", "/").replace("~0", "~");
  }
}
