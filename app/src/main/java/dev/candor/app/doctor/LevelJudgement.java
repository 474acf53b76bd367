package dev.candor.app.doctor;

import dev.candor.app.doctor.DoctorStep.Result;
import java.util.Locale;

/**
 * Whether the figures hold at a level, and if not, why.
 *
 * @param why in a few words, empty where they hold
 */
record LevelJudgement(Result result, String why) {

  /**
   * @param failed requests
   * @param lost answers whose record or token times the client did not keep
   * @param mockLate whether the mock, which shares the machine, was late itself
   * @param withinMs the largest error that is let pass
   */
  static LevelJudgement of(
      long failed, long lost, ClientError error, boolean mockLate, double withinMs) {
    String wrong = wrong(failed, lost, error, withinMs);
    if (!wrong.isEmpty()) {
      return mockLate
          ? new LevelJudgement(Result.INCONCLUSIVE, wrong + "; the mock was late too")
          : new LevelJudgement(Result.FAILS, wrong);
    }
    if (error.unmatched() > 0) {
      return new LevelJudgement(
          Result.INCONCLUSIVE,
          "the mock kept no truth of %d answers; a shorter --for may do"
              .formatted(error.unmatched()));
    }
    return new LevelJudgement(Result.HOLDS, "");
  }

  private static String wrong(long failed, long lost, ClientError error, double withinMs) {
    if (failed > 0) {
      return failed + " requests failed";
    }
    if (lost > 0) {
      return "the client lost the times of %d answers".formatted(lost);
    }
    if (error.ttft().p99() > withinMs) {
      return String.format(Locale.ROOT, "TTFT off by %.1f ms at p99", error.ttft().p99());
    }
    return error.itl().p99() > withinMs
        ? String.format(Locale.ROOT, "ITL off by %.1f ms at p99", error.itl().p99())
        : "";
  }
}
