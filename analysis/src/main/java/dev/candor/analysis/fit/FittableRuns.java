package dev.candor.analysis.fit;

import dev.candor.base.error.CandorException;
import java.util.List;
import java.util.stream.Collectors;

/** Whether runs tell of one engine's steps at all. */
final class FittableRuns {
  private FittableRuns() {}

  /**
   * Checks.
   *
   * @throws CandorException with what is wrong, and what would be right
   */
  static void check(List<MeasuredRun> runs) {
    for (MeasuredRun run : runs) {
      check(run);
    }
    List<String> models = runs.stream().map(run -> run.info().model()).distinct().toList();
    if (models.size() > 1) {
      throw CandorException.user(
          "the runs are of different models, and a profile is of one: "
              + runs.stream()
                  .map(run -> run.name() + " of " + run.info().model())
                  .collect(Collectors.joining(", "))
              + "; fit each by itself");
    }
  }

  private static void check(MeasuredRun run) {
    List<MeasuredAttempt> attempts = run.attempts();
    if (attempts.isEmpty()) {
      throw CandorException.user("%s: nothing was sent in it".formatted(run.name()));
    }
    List<MeasuredAttempt> answered = attempts.stream().filter(MeasuredAttempt::answered).toList();
    if (answered.isEmpty()) {
      boolean completed = attempts.stream().anyMatch(each -> each.outcome().success());
      throw CandorException.user(
          completed
              ? "%s: its %d answers have no tokens (embeddings, or answers that were not streamed); a fit needs a run of streamed generations"
                  .formatted(run.name(), attempts.size())
              : "%s: none of its %d attempts had an answer (%s); a fit needs one that was served"
                  .formatted(run.name(), attempts.size(), outcomes(attempts)));
    }
    long events = answered.stream().mapToLong(each -> each.eventNanos().length).sum();
    if (events < answered.size() * 2L) {
      throw CandorException.user(
          "%s: its answers came in one piece (%d events in %d answers), so that steps do not show; a fit needs answers that are streamed token by token"
              .formatted(run.name(), events, answered.size()));
    }
  }

  private static String outcomes(List<MeasuredAttempt> attempts) {
    return attempts.stream()
        .collect(Collectors.groupingBy(each -> each.outcome().key(), Collectors.counting()))
        .entrySet()
        .stream()
        .sorted((a, b) -> Long.compare(b.getValue(), a.getValue()))
        .limit(3)
        .map(each -> each.getValue() + " " + each.getKey())
        .collect(Collectors.joining(", "));
  }
}
