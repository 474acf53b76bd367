package dev.candor.base.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.Suggestion;
import dev.candor.base.stats.Distribution;
import dev.candor.base.stats.DistributionText;
import dev.candor.base.units.Durations;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of a file with a closed set of keys. Every read checks, notes what is wrong and goes on
 * with the default, so that one pass finds all mistakes.
 */
public final class Section {
  private final String where;
  private final Map<String, Value> entries;
  private final Problems problems;

  /**
   * @param value null: an empty mapping
   * @param keys all that it may have
   */
  public Section(@Nullable Value value, Problems problems, List<String> keys) {
    this.problems = problems;
    this.where = value == null ? "" : value.where();
    Map<String, Value> map = value == null ? Map.of() : value.map();
    if (map == null) {
      problems.add(where, "found %s, must be a mapping with %s".formatted(kind(value), keys));
      map = Map.of();
    }
    entries = map;
    for (Map.Entry<String, Value> entry : entries.entrySet()) {
      if (!keys.contains(entry.getKey())) {
        problems.add(
            entry.getValue().where(),
            "unknown key '%s'; %s".formatted(entry.getKey(), Suggestion.of(entry.getKey(), keys)));
      }
    }
  }

  public String where() {
    return where;
  }

  public boolean has(String key) {
    return entries.containsKey(key);
  }

  public @Nullable Value get(String key) {
    return entries.get(key);
  }

  public void problem(String key, String what) {
    Value value = entries.get(key);
    problems.add(value == null ? where : value.where(), what);
  }

  /** Reads {@code key}'s text; {@code reader} throws {@link CandorException} on nonsense. */
  public <T extends @Nullable Object> T read(String key, T otherwise, Function<String, T> reader) {
    Value value = entries.get(key);
    if (value == null) {
      return otherwise;
    }
    if (!value.isText() || value.text().isBlank()) {
      problems.add(value.where(), "found %s, must be a single value".formatted(kind(value)));
      return otherwise;
    }
    try {
      return reader.apply(value.text());
    } catch (CandorException e) {
      problems.add(value.where(), String.valueOf(e.getMessage()));
      return otherwise;
    }
  }

  /** The items of the list at {@code key}, none where it is not given; {@code what} they are. */
  public List<Value> items(String key, String what) {
    Value value = entries.get(key);
    if (value == null) {
      return List.of();
    }
    List<Value> items = value.list();
    if (items == null) {
      problems.add(value.where(), "found %s, must be a list of %s".formatted(kind(value), what));
      return List.of();
    }
    return items;
  }

  public @Nullable String text(String key) {
    return this.<@Nullable String>read(key, null, text -> text);
  }

  public String text(String key, String otherwise) {
    return this.read(key, otherwise, text -> text);
  }

  public boolean bool(String key, boolean otherwise) {
    return read(
        key,
        otherwise,
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default ->
                  throw CandorException.user("found '%s', must be true or false".formatted(text));
            });
  }

  public int integer(String key, int otherwise, int least) {
    return read(key, otherwise, text -> (int) wholeNumber(text, least, Integer.MAX_VALUE));
  }

  public static long wholeNumber(String text, long least, long most) {
    try {
      long value = Long.parseLong(text.trim());
      if (value >= least && value <= most) {
        return value;
      }
      throw CandorException.user(
          value < least
              ? "found %s, must be at least %d".formatted(text, least)
              : "found %s, must be at most %d".formatted(text, most));
    } catch (NumberFormatException e) {
      throw CandorException.user(
          "found '%s', must be a whole number of at least %d".formatted(text, least));
    }
  }

  public static double number(String text, double least) {
    try {
      double value = Double.parseDouble(text.trim());
      if (value >= least && Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Answered below.
    }
    throw CandorException.user(
        "found '%s', must be a number of at least %s".formatted(text, least));
  }

  /** A duration above 0, in nanoseconds. */
  public static long positiveNanos(String text) {
    long nanos = Durations.parseNanos(text);
    if (nanos <= 0) {
      throw CandorException.user("found %s, must be longer than 0".formatted(text));
    }
    return nanos;
  }

  public Distribution tokens(String key, Distribution otherwise) {
    return read(key, otherwise, text -> DistributionText.parse(text, value -> number(value, 1)));
  }

  public Distribution nanos(String key, Distribution otherwise) {
    return read(key, otherwise, text -> DistributionText.parse(text, Durations::parseNanos));
  }

  public static String kind(@Nullable Value value) {
    if (value == null) {
      return "nothing";
    }
    if (value.list() != null) {
      return "a list";
    }
    return value.map() != null
        ? "a mapping"
        : value.text().isBlank() ? "nothing" : "'" + value.text() + "'";
  }
}
