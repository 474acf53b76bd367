package dev.candor.scenario.yaml;

import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.Retries;
import org.jspecify.annotations.Nullable;

/** Reads {@code retries}. */
final class RetriesReader {
  private static final int MOST = 100;

  private final Problems problems;

  RetriesReader(Problems problems) {
    this.problems = problems;
  }

  Retries read(@Nullable Value value) {
    if (value == null) {
      return Retries.NONE;
    }
    Section section = new Section(value, problems, Keys.RETRIES);
    return new Retries(
        section.read(
            "max_attempts",
            Retries.NONE.maxAttempts(),
            text -> (int) Section.wholeNumber(text, 1, MOST)));
  }
}
