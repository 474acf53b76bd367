package dev.candor.protocol.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.random.RandomGenerator;

/** Breaks JSON texts. */
final class Damage {
  /** What is put in somewhere. */
  private static final List<String> SPLINTERS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "\"",
          ",",
          ":",
          "null",
          "true",
          "1e400",
          "e9999999999",
          "-",
          "9".repeat(1_500),
          "[]",
          "{}",
          "\\",
          "\\u",
          "\\ud800",
          "\u0000",
          "\"x\"",
          "{\"x\":[[[",
          "\"".repeat(3),
          "[".repeat(600));

  private Damage() {}

  /** A copy of {@code body} with up to three spots broken. */
  static byte[] done(byte[] body, RandomGenerator random) {
    byte[] damaged = body;
    for (int cuts = random.nextInt(1, 4); cuts > 0 && damaged.length > 0; cuts--) {
      int at = random.nextInt(damaged.length);
      switch (random.nextInt(4)) {
        case 0 -> damaged[at] = (byte) random.nextInt();
        case 1 -> damaged = replaced(damaged, at, random.nextInt(8), "");
        case 2 ->
            damaged = replaced(damaged, at, 0, SPLINTERS.get(random.nextInt(SPLINTERS.size())));
        default ->
            damaged =
                replaced(
                    damaged,
                    at,
                    random.nextInt(1, 12),
                    SPLINTERS.get(random.nextInt(SPLINTERS.size())));
      }
    }
    return damaged;
  }

  private static byte[] replaced(byte[] bytes, int at, int length, String with) {
    byte[] middle = with.getBytes(UTF_8);
    int rest = Math.min(bytes.length, at + length);
    byte[] replaced = new byte[at + middle.length + bytes.length - rest];
    System.arraycopy(bytes, 0, replaced, 0, at);
    System.arraycopy(middle, 0, replaced, at, middle.length);
    System.arraycopy(bytes, rest, replaced, at + middle.length, bytes.length - rest);
    return replaced;
  }
}
