package dev.candor.scrub;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Numbers that follow from a key and a value, HMAC-SHA-256 in counter mode: without the key nobody
 * can tell from them what the value was, or try values out. <b>For one thread.</b>
 */
final class Draws {
  private final Mac mac;
  private byte[] seed = {};
  private byte[] block = {};
  private int used;
  private int counter;

  Draws(byte[] key) {
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  /** Begins the numbers of {@code value}. */
  void begin(String label, String value) {
    mac.update(label.getBytes(StandardCharsets.UTF_8));
    mac.update((byte) 0);
    seed = mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
    block = seed;
    used = 0;
    counter = 0;
  }

  /** The next number from 0 to below {@code bound}, which is at most 1000. */
  int below(int bound) {
    if (used + 4 > block.length) {
      mac.update(seed);
      mac.update(
          new byte[] {
            (byte) (counter >>> 24), (byte) (counter >>> 16), (byte) (counter >>> 8), (byte) counter
          });
      counter++;
      block = mac.doFinal();
      used = 0;
    }
    int bits =
        (block[used] & 0xff) << 24
            | (block[used + 1] & 0xff) << 16
            | (block[used + 2] & 0xff) << 8
            | (block[used + 3] & 0xff);
    used += 4;
    return Integer.remainderUnsigned(bits, bound);
  }

  /** A character of the same class: digit, small letter, capital; signs stay. */
  char alike(char c) {
    return switch (Text.classOf(c)) {
      case Text.DIGIT -> (char) ('0' + below(10));
      case Text.UPPER -> (char) ('A' + below(26));
      case Text.LOWER -> (char) ('a' + below(26));
      default -> c;
    };
  }
}
