package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.yaml.Problems;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads flags through the same checks as keys; messages name the flag. */
final class FlagReader {
  private final Problems problems;

  FlagReader(Problems problems) {
    this.problems = problems;
  }

  <T extends @Nullable Object> T read(
      String flag, String text, T otherwise, Function<String, T> reader) {
    try {
      return reader.apply(text);
    } catch (CandorException e) {
      problems.add(flag, String.valueOf(e.getMessage()));
      return otherwise;
    }
  }

  /**
   * A flag that is read by itself.
   *
   * @throws CandorException that names the flag
   */
  static <T> T given(String flag, String text, Function<String, T> reader) {
    try {
      return reader.apply(text);
    } catch (CandorException e) {
      throw CandorException.user("%s: %s".formatted(flag, e.getMessage()));
    }
  }
}
