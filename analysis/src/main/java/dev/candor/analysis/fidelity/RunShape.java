package dev.candor.analysis.fidelity;

import dev.candor.base.error.CandorException;
import dev.candor.corpus.shape.RequestShape;
import dev.candor.corpus.shape.ShapeCollector;
import dev.candor.corpus.shape.TrafficShape;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunReader;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The shape of what a run asked for and got: its measured phases, first attempts alone, as a retry
 * is not traffic that anybody wanted. <b>For one thread.</b>
 */
public final class RunShape {
  private static final int NONE = RequestShape.NONE;

  /** Sessions whose last end is remembered; the one that was busy longest ago is forgotten. */
  private static final int MOST_SESSIONS = 1 << 18;

  private final Set<Integer> measured = new HashSet<>();
  private final ShapeCollector collector = new ShapeCollector();
  private final Map<Long, Long> ends =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
          return size() > MOST_SESSIONS;
        }
      };

  private RunShape() {}

  /**
   * Reads the run's attempts.
   *
   * @throws CandorException where no phase of it was measured
   */
  public static TrafficShape of(RunReader run) {
    RunShape shape = new RunShape();
    for (PhaseRecord phase : run.info().phases()) {
      if (!phase.warmup()) {
        shape.measured.add(phase.index());
      }
    }
    run.forEachAttempt(shape::add);
    try {
      return shape.collector.shape();
    } catch (CandorException e) {
      throw CandorException.user("%s: no request was measured".formatted(run.directory().path()));
    }
  }

  private void add(AttemptRecord attempt) {
    if (!measured.contains(attempt.phase())) {
      return;
    }
    if (attempt.attempt() != 1) {
      // Its user goes on from the end of the last attempt.
      ends.computeIfPresent(
          attempt.session(), (session, before) -> Math.max(before, attempt.end()));
      return;
    }
    int input =
        attempt.inputTokens() == AttemptRecord.NONE
            ? attempt.inputTokensAsked()
            : attempt.inputTokens();
    collector.add(
        RequestShape.withoutBlocks(
            attempt.turn(),
            attempt.intended(),
            attempt.end() == AttemptRecord.NONE ? NONE : attempt.end(),
            think(attempt),
            Math.max(1, input),
            // An answer that did not come whole says nothing of how long it would have been.
            attempt.outcome() == Outcome.COMPLETED ? attempt.outputTokens() : NONE,
            attempt.sharedTokens() == AttemptRecord.NONE ? NONE : attempt.sharedTokens()));
  }

  private long think(AttemptRecord attempt) {
    Long before = ends.get(attempt.session());
    if (attempt.end() != AttemptRecord.NONE) {
      ends.put(attempt.session(), attempt.end());
    }
    return attempt.turn() == 0 || before == null ? NONE : Math.max(0, attempt.intended() - before);
  }
}
