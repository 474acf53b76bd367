package dev.candor.load.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads Prometheus' text format and OpenMetrics' text, line by line. What is not of the format is
 * passed over: a page that is wrong in one line is right in the others.
 *
 * <p>Names may stand in quotes inside the braces, as OpenMetrics has them since UTF-8 names.
 * Timestamps and exemplars are not used: the instant of a sample is that of its reading.
 */
final class MetricsText {
  private static final int LONGEST_LABEL = 1000;

  private final String text;
  private int at;
  private int end;

  /** Hears of each sample whose name it wants. */
  interface Samples {
    void sample(String name, Map<String, String> labels, double value);
  }

  private MetricsText(String text) {
    this.text = text;
  }

  /**
   * Hands the samples of {@code text} to {@code samples}.
   *
   * @param wanted of a name, whether its samples are; labels of others are not read
   */
  static void read(String text, Predicate<String> wanted, Samples samples) {
    new MetricsText(text).read(wanted, samples);
  }

  private void read(Predicate<String> wanted, Samples samples) {
    int next;
    for (int from = 0; from < text.length(); from = next) {
      int newline = text.indexOf('\n', from);
      next = newline < 0 ? text.length() : newline + 1;
      at = from;
      end = newline < 0 ? text.length() : newline;
      skipSpace();
      if (at < end && text.charAt(at) == '#') {
        if (text.substring(at, end).strip().equals("# EOF")) {
          return;
        }
      } else if (at < end) {
        line(wanted, samples);
      }
    }
  }

  private void line(Predicate<String> wanted, Samples samples) {
    int from = at;
    while (at < end && text.charAt(at) != '{' && !isSpace(text.charAt(at))) {
      at++;
    }
    String name = text.substring(from, at);
    if (!name.isEmpty() && !wanted.test(name)) {
      return;
    }
    skipSpace();
    Map<String, String> labels = new LinkedHashMap<>();
    if (at < end && text.charAt(at) == '{') {
      at++;
      String quoted = labels(labels);
      if (quoted == null) {
        return;
      }
      name = name.isEmpty() ? quoted : name;
    }
    skipSpace();
    int value = at;
    while (at < end && !isSpace(text.charAt(at))) {
      at++;
    }
    Double number = number(text.substring(value, at));
    if (!name.isEmpty() && number != null && wanted.test(name)) {
      samples.sample(name, labels, number);
    }
  }

  /** Up to the closing brace; the quoted name, empty where there is none, null: broken. */
  private @Nullable String labels(Map<String, String> labels) {
    String name = "";
    while (true) {
      skipSpace();
      if (at >= end) {
        return null;
      }
      char c = text.charAt(at);
      if (c == '}') {
        at++;
        return name;
      }
      if (c == ',') {
        at++;
        continue;
      }
      String key = c == '"' ? quoted() : bare();
      skipSpace();
      if (key == null || at >= end) {
        return null;
      }
      if (text.charAt(at) == '=') {
        at++;
        skipSpace();
        String value = at < end && text.charAt(at) == '"' ? quoted() : null;
        if (value == null) {
          return null;
        }
        labels.put(key, value);
      } else if (c == '"' && name.isEmpty() && labels.isEmpty()) {
        name = key;
      } else {
        return null;
      }
    }
  }

  private @Nullable String bare() {
    int from = at;
    while (at < end && "=,}\" \t".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at == from ? null : text.substring(from, at);
  }

  /** From quote to quote, its escapes resolved; an unknown one stands for itself. */
  private @Nullable String quoted() {
    StringBuilder value = new StringBuilder();
    for (at++; at < end; at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return value.toString();
      }
      if (c == '\\' && at + 1 < end) {
        at++;
        c = text.charAt(at);
        c = c == 'n' ? '\n' : c;
      }
      if (value.length() < LONGEST_LABEL) {
        value.append(c);
      }
    }
    return null;
  }

  /** A number as the format has it, null for anything else. */
  static @Nullable Double number(String text) {
    switch (text) {
      case "+Inf", "Inf" -> {
        return Double.POSITIVE_INFINITY;
      }
      case "-Inf" -> {
        return Double.NEGATIVE_INFINITY;
      }
      case "NaN" -> {
        return Double.NaN;
      }
      default -> {
        // Java's own endings (1d), hexadecimals and names (Infinity) are none of the format's.
        if (text.isEmpty() || text.charAt(text.length() - 1) > '9' || text.indexOf('x') >= 0) {
          return null;
        }
        try {
          return Double.valueOf(text);
        } catch (NumberFormatException e) {
          return null;
        }
      }
    }
  }

  private void skipSpace() {
    while (at < end && isSpace(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r';
  }
}
