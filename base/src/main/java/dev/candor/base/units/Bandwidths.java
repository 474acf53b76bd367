package dev.candor.base.units;

import dev.candor.base.error.CandorException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bandwidths as people write them: {@code 50GB/s}, {@code 400Gbit/s}; thousands, not 1,024s. */
public final class Bandwidths {
  private static final Pattern BANDWIDTH =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([kMGT]?)(B|bit)/s");
  private static final Map<String, Double> PREFIXES =
      Map.of("", 1.0, "k", 1e3, "M", 1e6, "G", 1e9, "T", 1e12);

  private Bandwidths() {}

  /**
   * Reads a bandwidth above 0.
   *
   * @return bytes per second
   * @throws CandorException where {@code text} is not one
   */
  public static double parseBytesPerSecond(String text) {
    Matcher matcher = BANDWIDTH.matcher(text.trim());
    if (matcher.matches()) {
      double units =
          Double.parseDouble(matcher.group(1)) * PREFIXES.getOrDefault(matcher.group(2), 1.0);
      double bytes = matcher.group(3).equals("B") ? units : units / Byte.SIZE;
      if (bytes > 0 && Double.isFinite(bytes)) {
        return bytes;
      }
    }
    throw CandorException.user(
        "'%s' is not a bandwidth above 0; write it as 50GB/s, 100MB/s or 400Gbit/s"
            .formatted(text));
  }

  /** Text that is read back to the same value. */
  public static String text(double bytesPerSecond) {
    return BigDecimal.valueOf(bytesPerSecond).toPlainString() + "B/s";
  }
}
