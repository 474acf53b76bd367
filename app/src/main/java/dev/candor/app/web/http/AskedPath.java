package dev.candor.app.web.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Path and query of an address as they were sent, decoded once and strictly: a segment is a name,
 * and never a way to another folder.
 */
final class AskedPath {
  private static final int LONGEST = 4_000;

  private AskedPath() {}

  /**
   * The segments of {@code raw}; none for {@code /}.
   *
   * @throws Refusal where one of them is no name
   */
  static List<String> segments(@Nullable String raw) {
    if (raw == null || !raw.startsWith("/") || raw.length() > LONGEST) {
      throw Refusal.badRequest("this is not an address of the dashboard");
    }
    List<String> segments = new ArrayList<>();
    if (raw.equals("/")) {
      return segments;
    }
    for (String part : raw.substring(1).split("/", -1)) {
      String segment = decoded(part);
      if (!isName(segment)) {
        throw Refusal.badRequest("this is not an address of the dashboard");
      }
      segments.add(segment);
    }
    return segments;
  }

  /** Whether {@code text} names something in a folder, and not the folder or one above it. */
  static boolean isName(String text) {
    return !text.isEmpty()
        && !text.equals(".")
        && !text.equals("..")
        && text.chars().noneMatch(c -> c < ' ' || c == 0x7f || c == '/' || c == '\\');
  }

  /** Parameters in the order in which they were given. */
  static Map<String, List<String>> query(@Nullable String raw) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    if (raw == null || raw.isEmpty()) {
      return query;
    }
    if (raw.length() > LONGEST) {
      throw Refusal.badRequest("the query is too long");
    }
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      query
          .computeIfAbsent(decoded(key.replace('+', ' ')), ignored -> new ArrayList<>())
          .add(decoded(value.replace('+', ' ')));
    }
    return query;
  }

  private static String decoded(String raw) {
    if (raw.indexOf('%') < 0) {
      return raw;
    }
    byte[] sent = raw.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(sent.length);
    for (int i = 0; i < sent.length; i++) {
      if (sent[i] == '%') {
        int high = i + 2 < sent.length ? Character.digit(sent[i + 1], 16) : -1;
        int low = i + 2 < sent.length ? Character.digit(sent[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          throw Refusal.badRequest("a percent sign in the address encodes nothing");
        }
        bytes.put((byte) ((high << 4) | low));
        i += 2;
      } else {
        bytes.put(sent[i]);
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      throw Refusal.badRequest("the address is not UTF-8");
    }
  }
}
