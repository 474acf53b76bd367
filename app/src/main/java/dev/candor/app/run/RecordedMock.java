package dev.candor.app.run;

import dev.candor.analysis.RecordedAnswers;
import dev.candor.record.RunReader;
import dev.candor.scenario.MockSettings;

/** Gives a mock the times of the run that its settings name. */
public final class RecordedMock {
  private RecordedMock() {}

  /**
   * The settings with the recorded run's distributions in place; as they are where they name none.
   *
   * @throws dev.candor.base.error.CandorException where the run cannot be read
   */
  public static MockSettings resolve(MockSettings settings) {
    if (!(settings.times() instanceof MockSettings.Times.Recorded(var run))) {
      return settings;
    }
    try (RunReader reader = RunReader.open(run)) {
      RecordedAnswers answers = RecordedAnswers.of(reader);
      return settings
          .withTimes(new MockSettings.Times.Drawn(answers.ttftNanos(), answers.itlNanos()))
          .withOutputTokens(answers.outputTokens());
    }
  }
}
